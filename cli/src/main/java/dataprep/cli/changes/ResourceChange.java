package dataprep.cli.changes;

import java.util.List;

/** What an update does to one resource, and which of its properties are the cause. */
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
