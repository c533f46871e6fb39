package dataprep.cli.changes;

import java.util.List;

/** The change of one resource in an update, and the properties that cause it. */
public record ResourceChange(Kind kind, String type, String name, List<JsonDiff.Difference> differences) {

    public enum Kind {
        CREATE("to create", "+"),
        UPDATE("to update", "~"),
        REPLACE("to replace", "±"),
        DELETE("to delete", "−");

        private final String words;
        private final String sign;

        Kind(String words, String sign) {
            this.words = words;
            this.sign = sign;
        }

        String words() {
            return words;
        }

        String sign() {
            return sign;
        }
    }
}
