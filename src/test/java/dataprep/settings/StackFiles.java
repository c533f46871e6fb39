package dataprep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The configuration from Pulumi.yaml's defaults and a stack file, for tests without an engine. */
public final class StackFiles {
    /** All settings that add resources to a stack. */
    public static final Map<String, String> EVERYTHING_ON = Map.ofEntries(
            Map.entry("schedule", "cron(0 3 * * ? *)"),
            Map.entry("scheduleTimeZone", "Europe/Vienna"),
            Map.entry("scheduleWindowMinutes", "15"),
            Map.entry("startOnNewObjects", "true"),
            Map.entry("alertEmail", "team@example.org"),
            Map.entry("alarms", "true"),
            Map.entry("alarmEmail", "on-call@example.org"),
            Map.entry("alertWebhook", "https://localhost:1/services/secret"),
            Map.entry("lineageEndpoint", "https://localhost:1/lineage?key=secret"),
            Map.entry("dashboard", "true"),
            Map.entry("monthlyBudgetDollars", "50"),
            Map.entry("encryptWithKey", "true"),
            Map.entry("deleteDataOnDestroy", "false"),
            Map.entry("protectData", "true"));

    public static final String PROJECT = "data-preparation";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private StackFiles() {}

    /** The settings of an unchanged stack file. */
    public static PipelineSettings settings(String stack) {
        return settings(stack, Map.of());
    }

    /**
     * @param changes values that replace those of the stack file, by key
     */
    public static PipelineSettings settings(String stack, Map<String, String> changes) {
        var values = values(stack);
        changes.forEach((key, value) -> values.put(PROJECT + ":" + key, value));
        return PipelineSettings.from(new Configuration(
                PROJECT, stack, values.keySet(), key -> Optional.ofNullable(values.get(PROJECT + ":" + key))));
    }

    /** The settings of the only data set of a stack. */
    public static DatasetSettings onlyDataset(PipelineSettings settings) {
        if (settings.datasets().size() != 1) {
            throw new IllegalArgumentException(settings.name() + " has several data sets");
        }
        return settings.datasets().get(0);
    }

    /** The settings of the workflow of a stack's only data set. */
    public static WorkflowSettings workflow(PipelineSettings settings) {
        return settings.workflow(onlyDataset(settings));
    }

    private static Map<String, String> values(String stack) {
        var values = new TreeMap<String, String>();
        read("Pulumi.yaml").path("config").properties().forEach(key -> {
            if (key.getValue().has("default")) {
                values.put(PROJECT + ":" + key.getKey(), text(key.getValue().get("default")));
            }
        });
        read("Pulumi.%s.yaml".formatted(stack))
                .path("config")
                .properties()
                .forEach(key -> values.put(
                        key.getKey().contains(":") ? key.getKey() : PROJECT + ":" + key.getKey(),
                        text(key.getValue())));
        return values;
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static JsonNode read(String file) {
        try {
            return YAML.readTree(Path.of(file).toFile());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
