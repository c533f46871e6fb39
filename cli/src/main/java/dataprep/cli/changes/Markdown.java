package dataprep.cli.changes;

import java.util.List;
import java.util.stream.Collectors;

/** Renders untrusted values as text in a Markdown table. */
final class Markdown {
    private static final int MOST_CHARACTERS = 100;
    private static final int DIFFERENCES_SHOWN = 12;

    /** A hash; its first characters are enough to show a change. */
    private static final String DIGEST = "\"([0-9a-f]{8})[0-9a-f]{24,}\"";

    private Markdown() {}

    /** Renders as code, without markup; escapes backticks and the bars that would end the cell. */
    static String code(String text) {
        var shown = text.replaceAll("\\s+", " ").replace('`', '\'').replace("|", "\\|");
        return "`%s`".formatted(shown);
    }

    /** Renders a value of a JSON document; shortens long values. */
    static String value(String json) {
        if (json.matches(DIGEST)) {
            return code(json.replaceAll(DIGEST, "$1…"));
        }
        return json.length() > MOST_CHARACTERS ? "(%,d characters)".formatted(json.length()) : code(json);
    }

    /** Renders all differences in one table cell, each with its old and new value. */
    static String differences(List<JsonDiff.Difference> differences) {
        var shown = differences.stream()
                .limit(DIFFERENCES_SHOWN)
                .map(Markdown::difference)
                .collect(Collectors.joining("<br/>"));
        var rest = differences.size() - DIFFERENCES_SHOWN;
        return rest > 0 ? shown + "<br/>and %d more".formatted(rest) : shown;
    }

    private static String difference(JsonDiff.Difference difference) {
        var path = code(difference.path());
        if (difference.before() == null) {
            return "%s: %s (new)".formatted(path, value(difference.after()));
        }
        if (difference.after() == null) {
            return "%s: %s (removed)".formatted(path, value(difference.before()));
        }
        return "%s: %s → %s".formatted(path, value(difference.before()), value(difference.after()));
    }
}
