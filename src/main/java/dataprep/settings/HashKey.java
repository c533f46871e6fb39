package dataprep.settings;

import java.util.List;
import java.util.Optional;

/** The key with which the job hashes sensitive columns. Anyone with the key can find the value of a hash by trial. */
public record HashKey(String value) {
    private static final int LEAST_CHARACTERS = 32;
    private static final String RULE =
            "at least %d characters, set with pulumi config set --secret hashKey, because the"
                    + " recipe has a hash column";

    /** The key, if a recipe needs it. */
    static Optional<HashKey> from(SettingsReader reader, List<DatasetSettings> datasets) {
        var key = reader.text("hashKey");
        if (datasets.stream().noneMatch(dataset -> dataset.recipe().hashes())) {
            return Optional.empty();
        }
        if (key.length() < LEAST_CHARACTERS) {
            // the value is a secret
            reader.refuse("hashKey", key.isEmpty() ? "" : "...", RULE.formatted(LEAST_CHARACTERS));
            return Optional.empty();
        }
        return Optional.of(new HashKey(key));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "HashKey[]";
    }
}
