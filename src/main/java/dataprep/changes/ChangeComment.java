package dataprep.changes;

import dataprep.changes.Definition.StateChange;
import dataprep.cost.Cost;
import dataprep.cost.Prices;
import dataprep.cost.Sizes;
import dataprep.cost.StackCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a change does to a stack, as Markdown for a pull request. */
public final class ChangeComment {
    /** GitHub takes 65,536 characters; what comes last is the least important. */
    static final int MOST_CHARACTERS = 60_000;

    private static final int DIFFERENCES_SHOWN = 12;

    private final StringBuilder text = new StringBuilder();

    private ChangeComment() {}

    /** The line by which a comment is found again; invisible. */
    public static String marker(String stack) {
        return "<!-- data-preparation: changes to %s -->".formatted(stack);
    }

    /**
     * @param base what the change is compared with, in words
     * @param preview against the base, which says what happens to each resource
     * @param deployed the same update, with all values known; the preview itself where there is no other
     * @param diagram of the workflow after the change, in Mermaid
     */
    public static String of(String stack, String base, StackUpdate preview, StackUpdate deployed, String diagram) {
        var comment = new ChangeComment();
        comment.line(marker(stack));
        comment.line("### What this changes in stack `%s`".formatted(stack));
        comment.line("Compared with %s.".formatted(base));
        if (!preview.errors().isEmpty() || !deployed.errors().isEmpty()) {
            comment.errors(preview.errors().isEmpty() ? deployed.errors() : preview.errors());
            return comment.finished();
        }
        comment.resources(preview);
        comment.workflow(deployed, diagram);
        comment.permissions(deployed);
        comment.cost(deployed);
        return comment.finished();
    }

    private void errors(List<String> errors) {
        line("");
        line("**It cannot be deployed:**");
        line("```");
        errors.forEach(error -> line(error.replace("```", "'''")));
        line("```");
    }

    private void resources(StackUpdate preview) {
        var changes = preview.changes();
        line("");
        line("#### Resources");
        var counts = Arrays.stream(ResourceChange.Kind.values())
                .map(kind -> "%d %s"
                        .formatted(
                                changes.stream()
                                        .filter(change -> change.kind() == kind)
                                        .count(),
                                kind.words()))
                .collect(Collectors.joining(", "));
        line("%s, %d stay as they are.".formatted(counts, preview.after().size() - changed(changes)));
        if (changes.isEmpty()) {
            return;
        }
        line("");
        line("| | resource | type | properties |");
        line("|---|---|---|---|");
        for (var change : changes) {
            line("| %s | %s | %s | %s |"
                    .formatted(
                            change.kind().sign(),
                            Markdown.code(change.name()),
                            Markdown.code(change.type()),
                            differences(change.differences())));
        }
    }

    private static long changed(List<ResourceChange> changes) {
        return changes.stream()
                .filter(change -> change.kind() != ResourceChange.Kind.DELETE)
                .count();
    }

    private static String differences(List<Leaves.Difference> differences) {
        var shown = differences.stream()
                .limit(DIFFERENCES_SHOWN)
                .map(ChangeComment::difference)
                .collect(Collectors.joining("<br/>"));
        var rest = differences.size() - DIFFERENCES_SHOWN;
        return rest > 0 ? shown + "<br/>and %d more".formatted(rest) : shown;
    }

    private static String difference(Leaves.Difference difference) {
        var path = Markdown.code(difference.path());
        if (difference.before() == null) {
            return "%s: %s (new)".formatted(path, Markdown.value(difference.after()));
        }
        if (difference.after() == null) {
            return "%s: %s (removed)".formatted(path, Markdown.value(difference.before()));
        }
        return "%s: %s → %s".formatted(path, Markdown.value(difference.before()), Markdown.value(difference.after()));
    }

    private void workflow(StackUpdate update, String diagram) {
        var changes = definition(update.before()).changesTo(definition(update.after()));
        line("");
        line("#### State machine");
        if (changes.isEmpty()) {
            line("No state changes.");
        } else {
            line("| | state | changed |");
            line("|---|---|---|");
            for (var change : changes) {
                var name = change.path().isEmpty() ? "the whole" : Markdown.code(change.path());
                line("| %s | %s | %s |".formatted(sign(change), name, differences(change.differences())));
            }
        }
        line("");
        line("<details><summary>The workflow after this change</summary>");
        line("");
        line("```mermaid");
        line(diagram.stripTrailing());
        marked(changes).forEach(this::line);
        line("```");
        line("</details>");
    }

    private static Definition definition(List<StackResource> resources) {
        return Definition.of(resources.stream()
                .filter(resource -> resource.type().equals("aws:sfn/stateMachine:StateMachine"))
                .map(resource -> resource.inputs().path("definition").asText())
                .findFirst()
                .orElse(""));
    }

    private static String sign(StateChange change) {
        return switch (change.kind()) {
            case ADDED -> "+";
            case REMOVED -> "−";
            case CHANGED -> "~";
        };
    }

    /** Colours what is new or other in the diagram. */
    private static List<String> marked(List<StateChange> changes) {
        var names = changes.stream()
                .filter(change -> change.kind() != Definition.Kind.REMOVED)
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

    private void permissions(StackUpdate update) {
        var before = Permission.of(update.before());
        var after = Permission.of(update.after());
        line("");
        line("#### Permissions");
        var gone = minus(before, after);
        var added = minus(after, before);
        if (gone.isEmpty() && added.isEmpty()) {
            line("No policy changes.");
            return;
        }
        line("| | policy | | on |");
        line("|---|---|---|---|");
        added.forEach(permission -> permission("+", permission));
        gone.forEach(permission -> permission("−", permission));
    }

    private void permission(String sign, Permission permission) {
        var condition = permission.condition().isEmpty() ? "" : " if " + Markdown.code(permission.condition());
        line("| %s | %s | %s %s | %s%s |"
                .formatted(
                        sign,
                        Markdown.code(permission.policy()),
                        permission.effect().equals("Allow") ? "may" : "may not",
                        Markdown.code(permission.action()),
                        Markdown.code(permission.resource()),
                        condition));
    }

    private static SortedSet<Permission> minus(SortedSet<Permission> some, SortedSet<Permission> others) {
        var rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private void cost(StackUpdate update) {
        var prices = Prices.current();
        var sizes = Sizes.assumed();
        line("");
        line("#### Cost");
        var after = estimates(update.after(), sizes, prices);
        var before = update.before().isEmpty() ? after : estimates(update.before(), sizes, prices);
        line("| data a run | a run | a month of %d runs | change of the month |".formatted(sizes.runsPerMonth()));
        line("|---|---|---|---|");
        after.forEach((name, estimate) -> {
            var delta = estimate.month().dollars() - before.get(name).month().dollars();
            line("| %s GB | %s | %s | %s |"
                    .formatted(
                            sizes.gigabytesPerRun().get(name),
                            Cost.text(estimate.run().dollars()),
                            Cost.text(estimate.month().dollars()),
                            Math.abs(delta) < 0.005 ? "none" : (delta > 0 ? "+" : "−") + Cost.text(Math.abs(delta))));
        });
    }

    private static Map<String, StackCost.Estimate> estimates(
            List<StackResource> resources, Sizes sizes, Prices prices) {
        return StackCost.of(resources(resources), prices).estimates(sizes, prices);
    }

    /** The resources of a stack, as their cost is asked for. */
    public static List<StackCost.Resource> resources(List<StackResource> resources) {
        return new ArrayList<>(resources.stream()
                .map(resource -> new StackCost.Resource(resource.type(), resource.inputs()))
                .toList());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String finished() {
        if (text.length() <= MOST_CHARACTERS) {
            return text.toString();
        }
        var end = text.lastIndexOf("\n", MOST_CHARACTERS);
        return text.substring(0, end) + "\n\n…and more, which a comment cannot hold: `make preview` shows all of it.\n";
    }
}
