package dataprep.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A stack's configuration as strings by key.
 *
 * @param project the namespace of this program's keys
 * @param keys all keys that are set, with their namespaces
 * @param values the values of the project's keys, by key without namespace
 */
public record Configuration(String project, String stack, Set<String> keys, Function<String, Optional<String>> values) {

    /** Reads the configuration from the environment of the process, which is available before the SDK starts. */
    public static Configuration ofProcess() {
        return of(System.getenv());
    }

    static Configuration of(Map<String, String> environment) {
        var project = environment.getOrDefault("PULUMI_PROJECT", "");
        var set = parsed(environment.getOrDefault("PULUMI_CONFIG", "{}"));
        return new Configuration(
                project,
                environment.getOrDefault("PULUMI_STACK", ""),
                set.keySet(),
                key -> Optional.ofNullable(set.get(project + ":" + key)));
    }

    /**
     * @param keys of the stack; the SDK can read keys but not list them
     */
    public static Configuration of(Context ctx, Set<String> keys) {
        return new Configuration(ctx.projectName(), ctx.stackName(), keys, ctx.config()::get);
    }

    private static Map<String, String> parsed(String json) {
        try {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("PULUMI_CONFIG is not a JSON object of strings: " + json, e);
        }
    }

    Optional<String> get(String key) {
        return values.apply(key);
    }
}
