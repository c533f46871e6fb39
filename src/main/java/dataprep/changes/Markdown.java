package dataprep.changes;

/** Values that nobody vouches for, as text in a Markdown table. */
final class Markdown {
    private static final int MOST_CHARACTERS = 100;

    /** A fingerprint, of which the beginning is enough to see that it is another one. */
    private static final String DIGEST = "\"([0-9a-f]{8})[0-9a-f]{24,}\"";

    private Markdown() {}

    /** As code, in which nothing is markup; a grave accent would end it, a bar the table's cell. */
    static String code(String text) {
        var shown = text.replaceAll("\\s+", " ").replace('`', '\'').replace("|", "\\|");
        return "`%s`".formatted(shown);
    }

    /** A value of a JSON document; one that is long is no help in a table. */
    static String value(String json) {
        if (json.matches(DIGEST)) {
            return code(json.replaceAll(DIGEST, "$1…"));
        }
        return json.length() > MOST_CHARACTERS ? "(%,d characters)".formatted(json.length()) : code(json);
    }
}
