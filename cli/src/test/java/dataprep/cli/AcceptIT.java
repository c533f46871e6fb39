package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.acceptance.Assumption;
import dataprep.cli.command.DataprepCommand;
import dataprep.cli.exit.ExitCodes;
import dataprep.cli.local.LocalAws;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The command accept on the local AWS. */
class AcceptIT {
    private static final Path STATE = Path.of("target", "accept-it");

    @AfterAll
    static void stopLocalAws() throws Exception {
        LocalAws.stop(STATE);
    }

    @Test
    void theLocalAwsIsAsAssumedInAllThatItDoes() throws Exception {
        LocalAws.startDetached(STATE, Optional.empty());
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        int code;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            code = DataprepCommand.commandLine().execute("--state", STATE.toString(), "accept");
        } finally {
            System.setOut(out);
        }
        var report = printed.toString(StandardCharsets.UTF_8);
        var notHere =
                Stream.of(Assumption.values()).filter(Assumption::isOnAwsOnly).count();
        assertEquals(ExitCodes.OK, code, report);
        assertTrue(
                report.endsWith("%d confirmed, 0 differ, %d not checked%n"
                        .formatted(Assumption.values().length - notHere, notHere)),
                report);
    }
}
