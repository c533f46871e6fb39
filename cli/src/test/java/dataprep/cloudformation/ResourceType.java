package dataprep.cloudformation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The CloudFormation equivalent of a Pulumi type: a type, a part of another resource, or none.
 *
 * @param type of CloudFormation
 * @param identifier the input by which resources that are parts of this one refer to it
 * @param partOf the Pulumi type of the resource whose properties contain this one
 * @param by the input with the identifier of that resource
 * @param at the path of the part in the properties; unset for its own properties
 * @param none the reason why CloudFormation has no equivalent
 * @param defaults properties that CloudFormation requires and the provider fills in
 * @param properties the paths of properties that are not under their own name with a capital letter; see {@link
 *     Translation}
 * @param ignored properties that CloudFormation does not have, each with the reason
 */
record ResourceType(
        String type,
        String identifier,
        @JsonProperty("part of") String partOf,
        String by,
        String at,
        String none,
        ObjectNode defaults,
        Map<String, String> properties,
        Map<String, String> ignored) {

    private static final Map<String, ResourceType> ALL = read();

    ResourceType {
        properties = Objects.requireNonNullElse(properties, Map.of());
        ignored = Objects.requireNonNullElse(ignored, Map.of());
    }

    /**
     * @throws IllegalArgumentException if the table does not have the type
     */
    static ResourceType of(String pulumiType) {
        return Optional.ofNullable(ALL.get(pulumiType))
                .orElseThrow(() -> new IllegalArgumentException(
                        "cloudformation/types.json does not say what %s is in CloudFormation".formatted(pulumiType)));
    }

    /** The properties in CloudFormation's form. */
    ObjectNode translate(ObjectNode inputs) {
        var own = inputs.deepCopy();
        own.remove(ignored.keySet());
        if (by != null) {
            own.remove(by);
        }
        var translated = new Translation(new HashMap<>(properties)).of(own);
        if (defaults != null) {
            translated.setAll(defaults.deepCopy());
        }
        return translated;
    }

    private static Map<String, ResourceType> read() {
        try (var table = ResourceType.class.getResourceAsStream("/cloudformation/types.json")) {
            return new ObjectMapper().readValue(table, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
