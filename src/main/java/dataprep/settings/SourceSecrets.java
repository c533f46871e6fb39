package dataprep.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The secrets that the stack creates for its sources, by name; their values are secret.
 *
 * @param values of the secrets, as texts
 */
public record SourceSecrets(SortedMap<String, String> values) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    static SourceSecrets from(SettingsReader reader) {
        var values = new TreeMap<String, String>();
        try {
            values.putAll(new ObjectMapper().readValue(reader.text("sourceSecrets"), new TypeReference<>() {}));
        } catch (JsonProcessingException | NullPointerException e) {
            // the text contains secrets
            reader.refuse("sourceSecrets", "...", "an object of texts");
        }
        values.keySet().stream()
                .filter(name -> !NAME.matcher(name).matches())
                .forEach(name -> reader.refuse(
                        "sourceSecrets." + name,
                        "...",
                        "named by a letter, then letters, digits, _ and -, at most 63"));
        return new SourceSecrets(values);
    }

    /** The name of a secret in Secrets Manager, or its ARN. */
    public String id(String stack, SourceAuth auth) {
        return values.containsKey(auth.secret()) ? name(stack, auth.secret()) : auth.secret();
    }

    /** The name in Secrets Manager of one of these secrets. */
    public static String name(String stack, String secret) {
        return stack + "/" + secret;
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "SourceSecrets" + values.keySet();
    }
}
