package dataprep.cli.changes;

import dataprep.cli.changes.StatesByPath.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The changes of the state machines' states. */
final class WorkflowSection {

    private WorkflowSection() {}

    static List<String> lines(StackUpdate update, String diagram) {
        var before = definitions(update.before());
        var after = definitions(update.after());
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("#### State machine" + (after.size() > 1 ? "s" : ""));
        if (after.isEmpty() || after.containsValue(StackUpdate.UNKNOWN)) {
            lines.add("Not known before the deployment.");
            return lines;
        }
        var all = new ArrayList<StateChange>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            var changes = StatesByPath.of(before.getOrDefault(name, ""))
                    .changesTo(StatesByPath.of(after.getOrDefault(name, "")));
            if (!changes.isEmpty()) {
                if (names.size() > 1) {
                    lines.add("");
                    lines.add("%s%s:".formatted(Markdown.code(name), kind(name, before, after)));
                    lines.add("");
                }
                lines.addAll(table(changes));
                all.addAll(changes);
            }
        }
        if (all.isEmpty()) {
            lines.add("No state changes.");
        }
        lines.add("");
        lines.add("<details><summary>The workflow after this change</summary>");
        lines.add("");
        lines.add("```mermaid");
        lines.add(diagram.stripTrailing());
        lines.addAll(marked(all));
        lines.add("```");
        lines.add("</details>");
        return lines;
    }

    private static String kind(String name, Map<String, String> before, Map<String, String> after) {
        if (!before.containsKey(name)) {
            return ", new";
        }
        return after.containsKey(name) ? "" : ", removed";
    }

    private static List<String> table(List<StateChange> changes) {
        var lines = new ArrayList<String>();
        lines.add("| | state | changed |");
        lines.add("|---|---|---|");
        for (var change : changes) {
            var name = change.path().isEmpty() ? "the whole" : Markdown.code(change.path());
            lines.add("| %s | %s | %s |".formatted(sign(change), name, Markdown.differences(change.differences())));
        }
        return lines;
    }

    /** The definitions of the state machines by their logical names. */
    private static Map<String, String> definitions(List<StackResource> resources) {
        var definitions = new TreeMap<String, String>();
        resources.stream()
                .filter(resource -> resource.type().equals("aws:sfn/stateMachine:StateMachine"))
                .forEach(resource -> definitions.put(
                        resource.name(), resource.inputs().path("definition").asText()));
        return definitions;
    }

    private static String sign(StateChange change) {
        return switch (change.kind()) {
            case ADDED -> "+";
            case REMOVED -> "−";
            case CHANGED -> "~";
        };
    }

    /** Highlights new and changed states in the diagram. */
    private static List<String> marked(List<StateChange> changes) {
        var names = changes.stream()
                .filter(change -> change.kind() != StatesByPath.Kind.REMOVED)
                .map(StateChange::name)
                .filter(name -> name.matches("[A-Z][A-Za-z0-9]*"))
                .distinct()
                .toList();
        return names.isEmpty()
                ? List.of()
                : List.of(
                        "    classDef changed stroke:#bf8700,stroke-width:3px",
                        "    class %s changed".formatted(String.join(",", names)));
    }
}
