package dataprep.cli.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The changes of policies and trust policies, action by action. */
final class PermissionSection {

    private PermissionSection() {}

    static List<String> lines(StackUpdate update) {
        var lines = new ArrayList<String>();
        var before = Permission.of(update.before());
        var after = Permission.of(update.after());
        lines.add("");
        lines.add("#### Permissions");
        var gone = minus(before, after);
        var added = minus(after, before);
        if (gone.isEmpty() && added.isEmpty()) {
            lines.add("No policy changes.");
            return lines;
        }
        lines.add("| | policy | | on |");
        lines.add("|---|---|---|---|");
        added.forEach(permission -> lines.add(row("+", permission)));
        gone.forEach(permission -> lines.add(row("−", permission)));
        return lines;
    }

    private static String row(String sign, Permission permission) {
        var condition = permission.condition().isEmpty() ? "" : " if " + Markdown.code(permission.condition());
        return "| %s | %s | %s %s | %s%s |"
                .formatted(
                        sign,
                        Markdown.code(permission.policy()),
                        permission.effect().equals("Allow") ? "may" : "may not",
                        Markdown.code(permission.action()),
                        Markdown.code(permission.resource()),
                        condition);
    }

    private static SortedSet<Permission> minus(SortedSet<Permission> some, SortedSet<Permission> others) {
        var rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
