package dataprep.cli.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.workflow.RunFailure;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The failure of a run as text. */
public record RunFailureText(String what, String state, String error, String cause) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES_SHOWN = 3;
    private static final int LINE_CHARACTERS = 500;

    public static RunFailureText of(DescribeExecutionResponse end) {
        return of(end.statusAsString(), end.error(), end.cause());
    }

    static RunFailureText of(String status, String error, String errorCause) {
        var failure = RunFailure.of(status, error, errorCause);
        return new RunFailureText(
                "the run ended with status " + status, failure.state(), failure.error(), withoutTrace(failure.cause()));
    }

    public String text(String whereLogsLie) {
        return what + line("state", state) + line("error", error) + line("cause", cause) + line("logs", whereLogsLie);
    }

    private static String line(String name, String value) {
        return value.isEmpty() ? "" : "%n  %-5s  %s".formatted(name, value);
    }

    ObjectNode json() {
        return JSON.createObjectNode()
                .put("what", what)
                .put("state", state)
                .put("error", error)
                .put("cause", cause);
    }

    /** Removes the stack trace. */
    private static String withoutTrace(String text) {
        return text.lines()
                .filter(line -> !line.matches("\\s+(at |\\.\\.\\. \\d+ more).*"))
                .map(String::strip)
                .distinct()
                .limit(LINES_SHOWN)
                .map(line -> line.length() > LINE_CHARACTERS ? line.substring(0, LINE_CHARACTERS) + "..." : line)
                .collect(Collectors.joining("\n         "));
    }
}
