package dataprep.cli.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One action that a policy allows or denies on a resource, or one principal that a role trusts.
 *
 * @param policy the logical name of the policy or role
 */
record Permission(String policy, String effect, String action, String resource, String condition)
        implements Comparable<Permission> {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The inputs that hold policy documents, whatever the resource. */
    private static final List<String> DOCUMENTS = List.of("policy", "assumeRolePolicy");

    static SortedSet<Permission> of(List<StackResource> resources) {
        var permissions = new TreeSet<Permission>();
        for (var resource : resources) {
            for (var input : DOCUMENTS) {
                var document = resource.inputs().path(input);
                if (document.isTextual()) {
                    permissions.addAll(statements(resource.name(), document.asText()));
                }
            }
        }
        return permissions;
    }

    private static List<Permission> statements(String policy, String document) {
        try {
            return elements(JSON.readTree(document).path("Statement"))
                    .flatMap(statement -> of(policy, statement))
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static Stream<Permission> of(String policy, JsonNode statement) {
        var on = statement.has("Resource") ? statement.path("Resource") : statement.path("Principal");
        var condition = statement.has("Condition") ? statement.path("Condition").toString() : "";
        return elements(statement.path("Action"))
                .flatMap(action -> elements(on)
                        .map(resource -> new Permission(
                                policy,
                                statement.path("Effect").asText(),
                                action.asText(),
                                resource.isTextual() ? resource.asText() : resource.toString(),
                                condition)));
    }

    /** A policy may have a single value instead of a list. */
    private static Stream<JsonNode> elements(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }

    @Override
    public int compareTo(Permission other) {
        return key().compareTo(other.key());
    }

    private String key() {
        return String.join("\0", policy, effect, action, resource, condition);
    }
}
