package dataprep.cli.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;

/**
 * The local AWS: a process that serves AWS APIs and the Pulumi provider for them on loopback ports.
 *
 * <p>Everything it and its deployment leave on disk lies in one folder, which each start empties.
 */
public final class LocalAws implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PYTHON = Path.of(".cache", "python", "bin", "python");
    private static final Path SPARK_JARS = Path.of(".cache", "spark-jars");
    private static final int STOP_SECONDS = 10;
    /** The stack's settings, if they are not those of its file. */
    public static final String SETTINGS = "settings.yaml";

    /** All that a state folder ever holds. */
    private static final Set<String> OWN =
            Set.of("endpoint.json", "functions", "jobs", "log", "pulumi", "reports", SETTINGS);

    /** Where the process answers, as it says itself once it is ready. */
    public record Endpoint(
            @JsonProperty("aws") URI aws,
            @JsonProperty("provider") int providerPort,
            @JsonProperty("region") String region,
            @JsonProperty("account") String account,
            @JsonProperty("access_key_id") String accessKeyId,
            @JsonProperty("secret_access_key") String secretAccessKey,
            @JsonProperty("pid") long pid) {

        /** A client of its administrator; a person's proxy is for what lies beyond this machine. */
        public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
            var direct = ProxyConfiguration.builder()
                    .useSystemPropertyValues(false)
                    .useEnvironmentVariableValues(false)
                    .build();
            return builder.endpointOverride(aws)
                    .httpClientBuilder(Apache5HttpClient.builder().proxyConfiguration(direct))
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
                    .region(Region.of(region))
                    .build();
        }
    }

    private final Path state;
    private final Process process;
    private final Endpoint endpoint;

    private LocalAws(Path state, Process process, Endpoint endpoint) {
        this.state = state;
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts a clean local AWS that ends with this process, however this process ends. */
    public static LocalAws start(Path state) throws IOException {
        return start(state, List.of("--exit-with-stdin"), ProcessBuilder.Redirect.PIPE);
    }

    /** Starts a clean local AWS that stays until it is stopped. */
    public static LocalAws startDetached(Path state) throws IOException {
        return start(
                state,
                List.of(),
                ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    /** The local AWS that was started detached in this folder, if it still runs. */
    public static Optional<Endpoint> running(Path state) throws IOException {
        var file = endpointFile(state);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var endpoint = JSON.readValue(file.toFile(), Endpoint.class);
        var itself = command(state);
        return ProcessHandle.of(endpoint.pid())
                .filter(process -> arguments(process).containsAll(itself))
                .map(process -> endpoint);
    }

    /** Stops the local AWS that was started detached in this folder; without one there is nothing to do. */
    public static boolean stop(Path state) throws IOException {
        var handle = running(state).flatMap(endpoint -> ProcessHandle.of(endpoint.pid()));
        handle.ifPresent(LocalAws::end);
        return handle.isPresent();
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        end(process.toHandle());
        endpointFile(state).toFile().delete();
    }

    private static LocalAws start(Path state, List<String> options, ProcessBuilder.Redirect input) throws IOException {
        stop(state);
        deleteOld(state);
        var log = Files.createDirectories(state.resolve("log")).resolve("local-aws.log");
        var command = new ArrayList<>(List.of(PYTHON.toString()));
        command.addAll(command(state));
        command.addAll(List.of("--spark-jars", SPARK_JARS.toString()));
        command.addAll(options);
        var process = new ProcessBuilder(command)
                .redirectInput(input)
                .redirectError(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (input == ProcessBuilder.Redirect.PIPE) {
                process.destroy();
            }
        }));
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var ready = output.readLine();
        if (ready == null) {
            throw new IOException("the local AWS did not start: %s (%s)".formatted(lastLine(log), log));
        }
        return new LocalAws(state, process, JSON.readValue(ready, Endpoint.class));
    }

    private static String lastLine(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.reduce("", (before, line) -> line);
        }
    }

    private static Path endpointFile(Path state) {
        return state.resolve("endpoint.json");
    }

    /** A number may have been given to another process since, or to a thread of one: its command line tells. */
    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }

    /** What each local AWS of this folder is started with. */
    private static List<String> command(Path state) throws IOException {
        return List.of("-m", "local", "--state", state.toRealPath().toString());
    }

    private static void end(ProcessHandle handle) {
        handle.destroy();
        try {
            handle.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            handle.destroyForcibly();
        } catch (Exception e) {
            handle.destroyForcibly();
        }
    }

    /** @throws IOException if the folder holds anything but what an earlier local AWS left in it */
    private static void deleteOld(Path state) throws IOException {
        if (!Files.exists(state)) {
            return;
        }
        try (var content = Files.list(state)) {
            var others = content.map(path -> path.getFileName().toString())
                    .filter(name -> !OWN.contains(name))
                    .sorted()
                    .toList();
            if (!others.isEmpty()) {
                throw new IOException("%s is not the folder of a local AWS, which would be emptied: it holds %s"
                        .formatted(state, String.join(", ", others)));
            }
        }
        deleteRecursively(state);
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
