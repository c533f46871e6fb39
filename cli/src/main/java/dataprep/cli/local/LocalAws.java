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
import java.util.Map;
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
 * <p>All files of the local AWS and its deployment are in one folder, which each start empties.
 */
public final class LocalAws implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PYTHON = Path.of(".cache", "python", "bin", "python");
    private static final Path SPARK_JARS = Path.of(".cache", "spark-jars");
    private static final int STOP_SECONDS = 10;
    /** The stack's settings, if they differ from its file. */
    public static final String SETTINGS = "settings.yaml";

    /** The names that a state folder may contain. */
    private static final Set<String> OWN =
            Set.of("endpoint.json", "functions", "jobs", "log", "pulumi", "reports", SETTINGS);

    /**
     * The address of the process, which it prints once it is ready.
     *
     * @param server what the program that serves the stack's sources says of itself, if there is one
     */
    public record Endpoint(
            @JsonProperty("aws") URI aws,
            @JsonProperty("provider") int providerPort,
            @JsonProperty("region") String region,
            @JsonProperty("account") String account,
            @JsonProperty("access_key_id") String accessKeyId,
            @JsonProperty("secret_access_key") String secretAccessKey,
            @JsonProperty("pid") long pid,
            @JsonProperty("server") Map<String, String> server) {

        /** A client with administrator credentials, without the user's proxy. */
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

    /** Starts a clean local AWS that ends when this process ends. */
    public static LocalAws start(Path state) throws IOException {
        return start(state, Optional.empty());
    }

    /**
     * The same, together with the program that serves the stack's sources.
     *
     * @param server the program
     */
    public static LocalAws start(Path state, Optional<Path> server) throws IOException {
        return start(state, server, List.of("--exit-with-stdin"), ProcessBuilder.Redirect.PIPE);
    }

    /** Starts a clean local AWS that stays until it is stopped. */
    public static LocalAws startDetached(Path state, Optional<Path> server) throws IOException {
        return start(
                state,
                server,
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

    /** Stops the local AWS that was started detached in this folder, if there is one. */
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

    private static LocalAws start(
            Path state, Optional<Path> server, List<String> options, ProcessBuilder.Redirect input) throws IOException {
        stop(state);
        deleteOld(state);
        var log = Files.createDirectories(state.resolve("log")).resolve("local-aws.log");
        var command = new ArrayList<>(List.of(PYTHON.toString()));
        command.addAll(command(state));
        command.addAll(List.of("--spark-jars", SPARK_JARS.toString()));
        server.ifPresent(program -> command.addAll(List.of("--server", program.toString())));
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

    /** Compares the command line, because the process id may have been reused. */
    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }

    /** The command line of each local AWS of this folder. */
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

    /**
     * @throws IOException if the folder contains files that are not from a local AWS
     */
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
                throw new IOException("%s is not the folder of a local AWS, which would be emptied: it contains %s"
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
