package dataprep.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names of the configuration keys that a stack sets, which {@link com.pulumi.Config} can read but not list. */
public final class ConfigKeys {
    /** The engine hands a program its configuration in this variable, as one JSON object. */
    private static final String ENGINE_VARIABLE = "PULUMI_CONFIG";

    private ConfigKeys() {}

    public static Set<String> ofProcess() {
        return of(System.getenv().getOrDefault(ENGINE_VARIABLE, "{}"));
    }

    static Set<String> of(String json) {
        try {
            return new TreeSet<>(new ObjectMapper()
                    .readValue(json, new TypeReference<Map<String, Object>>() {})
                    .keySet());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(ENGINE_VARIABLE + " holds no JSON object: " + json, e);
        }
    }
}
