package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.command.DataprepCommand;
import dataprep.cli.exit.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path state;

    @Test
    void everyCommandSaysWhatItsExitMeans() {
        for (var command : DataprepCommand.commandLine().getSubcommands().values()) {
            var help = command.getUsageMessage();
            for (var code : List.of(0, 1, 2, 3, 70)) {
                assertTrue(help.matches("(?s).*\\n +%d +\\w.*".formatted(code)), help);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "follow", "show", "list", "logs", "retry", "rollback", "cost"})
    void everyCommandOnRunsTeachesByExamplesAndSpeaksToMachines(String name) {
        var command = DataprepCommand.commandLine().getSubcommands().get(name);
        assertTrue(command.getUsageMessage().contains("  dataprep " + name), command.getUsageMessage());
        assertTrue(options(command).containsAll(Set.of("--json", "--stack", "--help")), command.getUsageMessage());
    }

    @Test
    void withoutALocalAwsACommandExplainsHowToStartOne() {
        assertEquals(ExitCodes.NOT_REACHABLE, run("list"));
        assertTrue(
                errors.toString().contains("no local AWS is running; run `make up` to start one"), errors.toString());
    }

    @Test
    void invalidUsageHasItsOwnExitCode() {
        assertEquals(ExitCodes.USAGE, run("logs", "--of", "nothing"));
        assertEquals(ExitCodes.USAGE, run("list", "--most", "0"));
        assertEquals(ExitCodes.USAGE, run("start", "--detach", "--json"));
        assertEquals(ExitCodes.USAGE, run("cost", "--stack", "none"));
        assertTrue(errors.toString().contains("stack 'none' has no file Pulumi.none.yaml"), errors.toString());
    }

    private int run(String command, String... arguments) {
        var all = new java.util.ArrayList<>(List.of("--state", state.toString(), command));
        all.addAll(List.of(arguments));
        return DataprepCommand.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(all.toArray(String[]::new));
    }

    private static Set<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .collect(Collectors.toSet());
    }
}
