package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.local.LocalAws;
import dataprep.cli.run.AwsClients;
import dataprep.cli.stack.PulumiStacks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The path on a laptop: the `pulumi` binary and its Java host, which build and start the program of Pulumi.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaptopIT {
    private static final Path STATE = Path.of("target", "laptop-it");

    private record Ended(int code, String output) {}

    private LocalAws aws;

    @BeforeAll
    void startLocalAws() throws Exception {
        aws = LocalAws.start(STATE);
        assertEquals(0, pulumi("stack", "init", PulumiStacks.LOCAL).code());
    }

    @AfterAll
    void stopLocalAws() {
        aws.close();
    }

    @Test
    void previewShowsEveryResourceAndCreatesNone() throws Exception {
        var preview = pulumi("preview", "--stack", PulumiStacks.LOCAL, "--json");
        assertEquals(0, preview.code(), preview.output());
        assertTrue(preview.output().contains("dataPreparationStateMachine"), preview.output());
        try (var clients = AwsClients.local(aws.endpoint())) {
            assertEquals(List.of(), clients.s3().listBuckets().buckets());
        }
    }

    @Test
    void anInvalidSettingIsOneErrorBeforeAnyResource() throws Exception {
        var settings = Path.of("target", "Pulumi.wrong.yaml");
        var wrong = "  workers: 1\n  wokers: 2\n";
        Files.writeString(
                settings,
                Files.readString(Path.of("Pulumi.local.yaml")).replaceFirst("config:\n", "config:\n" + wrong));
        var preview = pulumi("preview", "--stack", PulumiStacks.LOCAL, "--config-file", settings.toString());
        assertTrue(preview.code() != 0, preview.output());
        assertTrue(
                preview.output()
                        .contains("data-preparation:workers: invalid value '1'; must be a whole number from 2 to 299"),
                preview.output());
        assertTrue(preview.output().contains("data-preparation:wokers: unknown key"), preview.output());
        assertTrue(!preview.output().contains("dataBucket"), preview.output());
    }

    private Ended pulumi(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("pulumi"));
        command.addAll(List.of(arguments));
        command.add("--non-interactive");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(PulumiStacks.environment(STATE, aws.endpoint()));
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
