package dataprep.cli.changes;

import dataprep.cli.cost.StackCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Describes the effect of a change on a stack, as Markdown for a pull request. */
public final class ChangeComment {
    /** GitHub accepts 65,536 characters; the least important text comes last. */
    static final int MOST_CHARACTERS = 60_000;

    private final StringBuilder text = new StringBuilder();

    private ChangeComment() {}

    /**
     * @param base a description of the base of the comparison
     * @param preview against the base, with the change of each resource
     * @param deployed the same update with all values known; the preview itself if there is no other
     * @param diagram of the workflow after the change, in Mermaid
     */
    public static String of(String stack, String base, StackUpdate preview, StackUpdate deployed, String diagram) {
        var comment = new ChangeComment();
        comment.line("### Changes in stack `%s`".formatted(stack));
        comment.line("Compared with %s.".formatted(base));
        if (!preview.errors().isEmpty() || !deployed.errors().isEmpty()) {
            comment.errors(preview.errors().isEmpty() ? deployed.errors() : preview.errors());
            return comment.finished();
        }
        comment.resources(preview);
        WorkflowSection.lines(deployed, diagram).forEach(comment::line);
        PermissionSection.lines(deployed).forEach(comment::line);
        CostSection.lines(deployed).forEach(comment::line);
        return comment.finished();
    }

    private void errors(List<String> errors) {
        line("");
        line("**The deployment fails:**");
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
        line("%s, %d unchanged.".formatted(counts, preview.after().size() - changed(changes)));
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
                            Markdown.differences(change.differences())));
        }
    }

    private static long changed(List<ResourceChange> changes) {
        return changes.stream()
                .filter(change -> change.kind() != ResourceChange.Kind.DELETE)
                .count();
    }

    /** The resources of a stack as the cost estimate needs them. */
    public static List<StackCost.Resource> resources(List<StackResource> resources) {
        return new ArrayList<>(resources.stream()
                .map(resource -> new StackCost.Resource(resource.type(), resource.name(), resource.inputs()))
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
        return text.substring(0, end) + "\n\n…truncated: run `make preview` for the whole text.\n";
    }
}
