package dataprep.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.local.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that replace or add settings of the stack on the local AWS. */
public final class LocalSettings {
    private static final Path DEFAULTS = Path.of("Pulumi.%s.yaml".formatted(PulumiStacks.LOCAL));
    private static final String CONFIG = "config";
    private static final String SERVER = "localServer";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description =
                    "settings in the form of Pulumi.<stack>.yaml, in place of those of Pulumi.local.yaml; localServer is a"
                            + " Python program that serves the sources")
    private Path file;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "KEY=VALUE",
            description = "one more setting, a list or an object as JSON; may be repeated")
    private Map<String, String> more = new LinkedHashMap<>();

    /** The file that {@link #save} wrote to the local AWS's folder, if there is one. */
    public static Optional<Path> saved(Path state) {
        return Optional.of(fileIn(state)).filter(Files::exists).map(Path::toAbsolutePath);
    }

    /** Saves what {@link #withServer} returns in the local AWS's folder, for this deployment and later ones. */
    public static void save(Path state, Optional<JsonNode> settings, LocalAws.Endpoint endpoint) throws IOException {
        if (settings.isPresent()) {
            YAML.writeValue(fileIn(state).toFile(), withServer(settings.get(), endpoint));
        }
    }

    /** The settings with what the program that serves the sources says of itself, in place of {server.NAME}. */
    public static JsonNode withServer(JsonNode settings, LocalAws.Endpoint endpoint) throws JsonProcessingException {
        var text = JSON.writeValueAsString(settings);
        for (var property : endpoint.server().entrySet()) {
            var value = JSON.writeValueAsString(property.getValue());
            text = text.replace("{server.%s}".formatted(property.getKey()), value.substring(1, value.length() - 1));
        }
        return JSON.readTree(text);
    }

    /** The program that serves the sources while the local AWS runs, if the file names one. */
    public Optional<Path> server() throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        var server = content(file).path(SERVER);
        if (!server.isMissingNode() && !Files.isRegularFile(Path.of(server.asText()))) {
            throw CommandFailure.usage(
                    "--config-file: %s: invalid value '%s'; must be a file".formatted(SERVER, server.asText()));
        }
        return Optional.of(server).filter(JsonNode::isTextual).map(name -> Path.of(name.asText()));
    }

    /**
     * The settings of a stack that so far has only those of its file.
     *
     * @return empty if no option is given
     * @throws CommandFailure if an option cannot be read as settings
     */
    public Optional<JsonNode> overDefaults() throws IOException {
        return over(DEFAULTS);
    }

    /** The same for a stack that was deployed to the local AWS of this folder. */
    public Optional<JsonNode> overSaved(Path state) throws IOException {
        return over(saved(state).orElse(DEFAULTS));
    }

    private Optional<JsonNode> over(Path base) throws IOException {
        if (file == null && more.isEmpty()) {
            return Optional.empty();
        }
        var settings = (ObjectNode) YAML.readTree(base.toFile());
        if (file != null) {
            settings.set(CONFIG, read(file));
        }
        var config = (ObjectNode) settings.get(CONFIG);
        for (var setting : more.entrySet()) {
            // Pulumi reads a key without a namespace as one of the project
            config.remove(PulumiStacks.projectName() + ":" + setting.getKey());
            config.set(setting.getKey(), value(setting.getValue()));
        }
        return Optional.of(settings);
    }

    private static Path fileIn(Path state) {
        return state.resolve(LocalAws.SETTINGS);
    }

    private static JsonNode read(Path file) throws IOException {
        var config = content(file).path(CONFIG);
        if (!config.isObject()) {
            throw CommandFailure.usage("--config-file: %s has no key 'config', unlike Pulumi.dev.yaml".formatted(file));
        }
        return config;
    }

    private static JsonNode content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.usage("--config-file: invalid value '%s'; must be a file".formatted(file));
        }
        try {
            return YAML.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw CommandFailure.usage("--config-file: %s is not YAML: %s".formatted(file, e.getOriginalMessage()));
        }
    }

    private static JsonNode value(String text) {
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return TextNode.valueOf(text);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw CommandFailure.usage("--config: '%s' is not JSON: %s".formatted(text, e.getOriginalMessage()));
        }
    }
}
