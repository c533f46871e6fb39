package dataprep.cli.exit;

import com.pulumi.automation.AutomationException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** The exit codes of the commands, which every command's help lists. */
public final class ExitCodes {
    public static final int OK = 0;
    public static final int RUN_FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_REACHABLE = 3;
    /** A bug of this program; the number is from sysexits.h. */
    public static final int FAULT = 70;

    public static final Map<String, String> MEANINGS = meanings();

    /** Extracts the engine's errors from the output of a failed command in the Automation API's exception. */
    private static final Pattern ENGINE_ERROR = Pattern.compile("^(?:stderr: )?error: (.*)$", Pattern.MULTILINE);

    private ExitCodes() {}

    public static int of(Exception exception) {
        if (exception instanceof CommandFailure failure) {
            return failure.exitCode();
        }
        var outside = exception instanceof AutomationException
                || exception instanceof SdkException
                || exception instanceof IOException;
        return outside ? NOT_REACHABLE : FAULT;
    }

    public static String message(Exception exception) {
        var said = ENGINE_ERROR.matcher(String.valueOf(exception.getMessage()));
        return exception instanceof AutomationException && said.find() ? said.group(1) : exception.getMessage();
    }

    private static Map<String, String> meanings() {
        var meanings = new LinkedHashMap<String, String>();
        meanings.put(" " + OK, "success");
        meanings.put(" " + RUN_FAILED, "the run or the deployment did not succeed");
        meanings.put(" " + USAGE, "invalid usage, or a run that does not exist");
        meanings.put(" " + NOT_REACHABLE, "not deployed, not reachable or not authorized");
        meanings.put(" " + FAULT, "a bug of this program, with its stack trace");
        return meanings;
    }
}
