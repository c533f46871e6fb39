package dataprep.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.events.EngineEvent;
import com.pulumi.automation.events.StepEventMetadata;
import com.pulumi.automation.events.StepEventStateMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A preview or an update of a stack, as the engine's events tell it: each resource before and after, and its change. */
public final class StackUpdate {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the engine calls its own resources: the stack, the providers. */
    private static final String ENGINE = "pulumi:";
    /** Inputs that providers note for themselves. */
    private static final String INTERNAL = "__";

    private static final Map<OperationType, ResourceChange.Kind> KINDS = Map.of(
            OperationType.CREATE, ResourceChange.Kind.CREATE,
            OperationType.UPDATE, ResourceChange.Kind.UPDATE,
            OperationType.DELETE, ResourceChange.Kind.DELETE,
            OperationType.REPLACE, ResourceChange.Kind.REPLACE,
            OperationType.CREATE_REPLACEMENT, ResourceChange.Kind.REPLACE,
            OperationType.DELETE_REPLACED, ResourceChange.Kind.REPLACE);

    private final Map<String, ResourceChange> changes = new LinkedHashMap<>();
    private final Map<String, StackResource> before = new LinkedHashMap<>();
    private final Map<String, StackResource> after = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    /** To be called with every event, in order. */
    public void read(EngineEvent event) {
        if (event.resourcePreEvent() != null) {
            read(event.resourcePreEvent().metadata());
        } else if (event.diagnosticEvent() != null
                && "error".equals(event.diagnosticEvent().severity())) {
            errors.add(event.diagnosticEvent()
                    .message()
                    .replaceAll("<\\{%.*?%}>", "")
                    .strip());
        }
    }

    private void read(StepEventMetadata step) {
        if (step.type().startsWith(ENGINE)) {
            return;
        }
        var old = resource(step, step.old());
        var current = resource(step, step.new_());
        if (old != null) {
            before.putIfAbsent(step.urn(), old);
        }
        // the last step of a replacement has the old resource only
        if (current != null && step.op() != OperationType.DELETE_REPLACED) {
            after.put(step.urn(), current);
        }
        var kind = KINDS.get(step.op());
        if (kind != null) {
            var differences = old == null || current == null
                    ? List.<Leaves.Difference>of()
                    : Leaves.differences(old.inputs(), current.inputs());
            changes.merge(
                    step.urn(),
                    new ResourceChange(kind, step.type(), StackResource.name(step.urn()), differences),
                    (one, other) -> one.differences().isEmpty() ? other : one);
        }
    }

    private static StackResource resource(StepEventMetadata step, StepEventStateMetadata state) {
        return state == null
                ? null
                : new StackResource(step.type(), StackResource.name(step.urn()), inputs(state.inputs()));
    }

    private static JsonNode inputs(Map<String, Object> inputs) {
        var visible = new LinkedHashMap<>(inputs == null ? Map.of() : inputs);
        visible.keySet().removeIf(name -> name.startsWith(INTERNAL));
        return JSON.valueToTree(visible.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, input -> plain(input.getValue()))));
    }

    /** The engine's numbers arrive as fractions, whole ones too. */
    private static Object plain(Object value) {
        if (value instanceof Double number && number == Math.rint(number)) {
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(StackUpdate::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, Object>();
            map.forEach((key, inner) -> copy.put(key, plain(inner)));
            return copy;
        }
        return Objects.requireNonNullElse(value, NullNode.getInstance());
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

    /** What the engine has refused. */
    public List<String> errors() {
        return List.copyOf(errors);
    }
}
