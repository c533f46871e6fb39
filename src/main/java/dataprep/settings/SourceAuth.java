package dataprep.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The credentials of a source on https or in a database: a secret in Secrets Manager, and how a request carries it.
 * Parts that are not set are null.
 *
 * @param type bearer, basic, header or oauth2ClientCredentials
 * @param secret the name of a secret, its ARN, or the name of one of the stack's {@code sourceSecrets}
 * @param key the field of the secret's JSON with the value; without it, the secret is the value itself
 * @param header the name of the header
 * @param tokenUri the token endpoint of OAuth 2.0
 * @param scope of the token
 * @param kmsKey the ARN of the key that encrypts the secret, unless it is AWS's own or the stack's
 */
public record SourceAuth(
        @JsonProperty("type") String type,
        @JsonProperty("secret") String secret,
        @JsonProperty("key") String key,
        @JsonProperty("header") String header,
        @JsonProperty("tokenUri") String tokenUri,
        @JsonProperty("scope") String scope,
        @JsonProperty("kmsKey") String kmsKey) {
    /** The type of user and password, the only one for databases. */
    static final String BASIC = "basic";

    private static final SortedMap<String, KeysOfType> TYPES = new TreeMap<>(Map.of(
            "bearer",
            new KeysOfType(Set.of(), Set.of("key")),
            BASIC,
            new KeysOfType(Set.of(), Set.of()),
            "header",
            new KeysOfType(Set.of("header"), Set.of("key")),
            "oauth2ClientCredentials",
            new KeysOfType(Set.of("tokenUri"), Set.of("scope"))));

    /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");

    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}");
    private static final Pattern KEY_ARN = Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+");
    /** https://www.rfc-editor.org/rfc/rfc9110#name-field-names, without those that a request has anyway. */
    private static final Pattern HEADER =
            Pattern.compile("(?i)(?!(host|content-length|connection|range|if-.*)$)[A-Za-z0-9-]{1,64}");

    /** Whether the secret is given by its ARN. */
    public boolean hasArn() {
        return ARN.matcher(secret).matches();
    }

    /** What the function needs to know, none of it secret. */
    public Map<String, String> forFunction(String secretId) {
        var fields = new LinkedHashMap<>(given());
        fields.put("type", type);
        fields.put("secret", secretId);
        return fields;
    }

    /**
     * @param place of the credentials in the settings
     */
    void check(String place, SettingsReader reader) {
        if (!KeysOfType.check(reader, place, type, TYPES, given())) {
            return;
        }
        if (secret == null || !NAME.matcher(secret).matches() && !hasArn()) {
            reader.refuse(place + ".secret", secret, "the name or the ARN of a secret in Secrets Manager");
        }
        if (kmsKey != null && !KEY_ARN.matcher(kmsKey).matches()) {
            reader.refuse(place + ".kmsKey", kmsKey, "the ARN of a KMS key");
        }
        if (header != null && !HEADER.matcher(header).matches()) {
            reader.refuse(place + ".header", header, "the name of a header that a request does not have anyway");
        }
        if (tokenUri != null && !isHttps(tokenUri)) {
            reader.refuse(place + ".tokenUri", tokenUri, "an https:// address without user, password and query");
        }
    }

    /** The settings that depend on the type, without those that are not set. */
    private Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        put(given, "key", key);
        put(given, "header", header);
        put(given, "tokenUri", tokenUri);
        put(given, "scope", scope);
        return given;
    }

    private static void put(Map<String, String> given, String name, String value) {
        if (value != null && !value.isEmpty()) {
            given.put(name, value);
        }
    }

    private static boolean isHttps(String address) {
        return HttpsAddress.parse(address)
                .filter(uri -> uri.getUserInfo() == null && uri.getQuery() == null)
                .isPresent();
    }
}
