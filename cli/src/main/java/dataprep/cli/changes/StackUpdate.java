package dataprep.cli.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A preview or an update of a stack from the engine's events: the old and new state of each resource, and its change.
 */
public final class StackUpdate {
    /** The type prefix of the engine's own resources: the stack, the providers. */
    private static final String ENGINE = "pulumi:";
    /** The engine's placeholder for a value that only a deployment resolves. */
    static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    /** Internal inputs of providers. */
    private static final String INTERNAL = "__";
    /** The last step of a replacement, which has the old resource only. */
    private static final String DELETE_REPLACED = "delete-replaced";

    private static final Map<String, ResourceChange.Kind> KINDS = Map.of(
            "create",
            ResourceChange.Kind.CREATE,
            "update",
            ResourceChange.Kind.UPDATE,
            "delete",
            ResourceChange.Kind.DELETE,
            "replace",
            ResourceChange.Kind.REPLACE,
            "create-replacement",
            ResourceChange.Kind.REPLACE,
            DELETE_REPLACED,
            ResourceChange.Kind.REPLACE);

    private final Map<String, ResourceChange> changes = new LinkedHashMap<>();
    private final Map<String, StackResource> before = new LinkedHashMap<>();
    private final Map<String, StackResource> after = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    private StackUpdate() {}

    /** Reads the engine's events, in order, as `pulumi --event-log` writes them. */
    public static StackUpdate of(List<JsonNode> events) {
        var update = new StackUpdate();
        events.forEach(update::read);
        return update;
    }

    private void read(JsonNode event) {
        if (event.has("resourcePreEvent")) {
            readStep(event.at("/resourcePreEvent/metadata"));
        } else if (event.at("/diagnosticEvent/severity").asText().equals("error")) {
            var message = event.at("/diagnosticEvent/message").asText();
            errors.add(message.replaceAll("<\\{%.*?%}>", "").strip());
        }
    }

    private void readStep(JsonNode step) {
        var type = step.path("type").asText();
        var urn = step.path("urn").asText();
        var op = step.path("op").asText();
        if (type.startsWith(ENGINE)) {
            return;
        }
        var old = resource(step, step.path("old"));
        var current = resource(step, step.path("new"));
        if (old != null) {
            before.putIfAbsent(urn, old);
        }
        if (current != null && !op.equals(DELETE_REPLACED)) {
            after.put(urn, current);
        }
        var kind = KINDS.get(op);
        if (kind != null) {
            var differences = old == null || current == null
                    ? List.<JsonDiff.Difference>of()
                    : JsonDiff.differences(old.inputs(), current.inputs());
            changes.merge(
                    urn,
                    new ResourceChange(kind, type, StackResource.name(urn), differences),
                    (one, other) -> one.differences().isEmpty() ? other : one);
        }
    }

    private static StackResource resource(JsonNode step, JsonNode state) {
        if (!state.isObject()) {
            return null;
        }
        var inputs = JsonNodeFactory.instance.objectNode();
        state.path("inputs").properties().stream()
                .filter(input -> !input.getKey().startsWith(INTERNAL))
                .forEach(input -> inputs.set(input.getKey(), input.getValue()));
        return new StackResource(
                step.path("type").asText(), StackResource.name(step.path("urn").asText()), inputs);
    }

    /** The resources that change, by kind and then by name. */
    public List<ResourceChange> changes() {
        return changes.values().stream()
                .sorted(Comparator.comparing(ResourceChange::kind).thenComparing(ResourceChange::name))
                .toList();
    }

    public List<StackResource> before() {
        return List.copyOf(before.values());
    }

    public List<StackResource> after() {
        return List.copyOf(after.values());
    }

    /** The engine's errors. */
    public List<String> errors() {
        return List.copyOf(errors);
    }
}
