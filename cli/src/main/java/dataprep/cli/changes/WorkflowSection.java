package dataprep.cli.changes;

import dataprep.cli.changes.StatesByPath.StateChange;
import java.util.ArrayList;
import java.util.List;

/** The changes of the state machine's states. */
final class WorkflowSection {

    private WorkflowSection() {}

    static List<String> lines(StackUpdate update, String diagram) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("#### State machine");
        var definition = definition(update.after());
        if (definition.equals(StackUpdate.UNKNOWN)) {
            lines.add("Not known before the deployment.");
            return lines;
        }
        var changes = StatesByPath.of(definition(update.before())).changesTo(StatesByPath.of(definition));
        if (changes.isEmpty()) {
            lines.add("No state changes.");
        } else {
            lines.add("| | state | changed |");
            lines.add("|---|---|---|");
            for (var change : changes) {
                var name = change.path().isEmpty() ? "the whole" : Markdown.code(change.path());
                lines.add("| %s | %s | %s |".formatted(sign(change), name, Markdown.differences(change.differences())));
            }
        }
        lines.add("");
        lines.add("<details><summary>The workflow after this change</summary>");
        lines.add("");
        lines.add("```mermaid");
        lines.add(diagram.stripTrailing());
        lines.addAll(marked(changes));
        lines.add("```");
        lines.add("</details>");
        return lines;
    }

    /** Empty for a stack without a state machine. */
    private static String definition(List<StackResource> resources) {
        return resources.stream()
                .filter(resource -> resource.type().equals("aws:sfn/stateMachine:StateMachine"))
                .map(resource -> resource.inputs().path("definition").asText())
                .findFirst()
                .orElse("");
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
