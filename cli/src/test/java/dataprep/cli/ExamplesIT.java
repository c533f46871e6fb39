package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.command.DataprepCommand;
import dataprep.cli.exit.ExitCodes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the worked examples with the command in their README. */
class ExamplesIT {
    private static final Path STATE = Path.of("target", "examples-it");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders | Rows: 12 in, 5 out, 5 quarantined | O-1001,2024-03-30T17:05:00Z,paid,17,Ada Lindqvist,Göteborg,SE,5,62.90
            delays | Rows: 2,699 in, | airline,origin,
            api | Rows: 240 in, 236 out, 4 quarantined | 0,Abisko,-1.6,2024-03-01T00:00:00Z
            database | Rows: 7 in, 3 out, 4 quarantined | 1,Ada Lindqvist,120.50,1985-12-10,2024-03-01T08:00:00Z,5
            """)
    void anExampleRunsOnTheLocalAws(String name, String rows, String line) {
        var shown = new ByteArrayOutputStream();
        var out = System.out;
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            var code = DataprepCommand.commandLine()
                    .execute(
                            "--state",
                            STATE.toString(),
                            "run",
                            "--config-file",
                            "examples/%s/settings.yaml".formatted(name));
            assertEquals(ExitCodes.OK, code, shown.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
        }
        var text = shown.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(rows), text);
        assertTrue(text.contains(line), text);
    }
}
