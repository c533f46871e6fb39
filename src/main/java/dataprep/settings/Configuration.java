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
 * A stack's configuration as it was set, texts by keys.
 *
 * @param project the namespace of the keys that this program knows
 * @param keys all that are set, with their namespaces
 * @param values what a key of the project's namespace, without it, is set to
 */
public record Configuration(String project, String stack, Set<String> keys, Function<String, Optional<String>> values) {

    /** What the engine hands a program in its environment, which is there before the SDK is. */
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

    /** @param keys of the stack, which the SDK can read but not list */
    public static Configuration of(Context ctx, Set<String> keys) {
        return new Configuration(ctx.projectName(), ctx.stackName(), keys, ctx.config()::get);
    }

    private static Map<String, String> parsed(String json) {
        try {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("PULUMI_CONFIG holds no JSON object of texts: " + json, e);
        }
    }

    Optional<String> get(String key) {
        return values.apply(key);
    }
}
