package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import dataprep.RecordedStack;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAuthTest {
    private static final String BEARER = "{\"type\": \"bearer\", \"secret\": \"shop-api\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                BEARER,
                "{\"type\": \"bearer\", \"secret\": \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-x1Y2z3\"}",
                "{\"type\": \"basic\", \"secret\": \"a/b\"}",
                "{\"type\": \"header\", \"header\": \"X-Api-Key\", \"secret\": \"a\", \"key\": \"token\"}",
                "{\"type\": \"oauth2ClientCredentials\", \"secret\": \"a\", \"tokenUri\": \"https://id.example/token\"}"
            })
    void everyTypeOfCredentialsIsRead(String auth) {
        assertTrue(StackFiles.onlyDataset(settings(auth))
                .sources()
                .get(0)
                .credentials()
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "digest", "secret": "a"}                     | auth.type: invalid value 'digest'; must be one of basic, bearer, header, oauth2ClientCredentials
            {"secret": "a"}                                       | auth.type: is missing
            {"type": "bearer"}                                    | auth.secret: is missing
            {"type": "bearer", "secret": "a b"}                   | auth.secret: invalid value 'a b'; must be the name or the ARN
            {"type": "header", "secret": "a"}                     | auth.header: is missing; must be set with type header
            {"type": "header", "secret": "a", "header": "Host"}   | auth.header: invalid value 'Host'
            {"type": "header", "secret": "a", "header": "a\\nb"}  | auth.header: invalid value 'a
            {"type": "basic", "secret": "a", "key": "k"}          | auth.key: invalid value 'k'; must be unset with type basic
            {"type": "oauth2ClientCredentials", "secret": "a"}    | auth.tokenUri: is missing
            {"type": "oauth2ClientCredentials", "secret": "a", "tokenUri": "http://a/b"} | auth.tokenUri: invalid value 'http://a/b'
            {"type": "bearer", "secret": "a", "kmsKey": "alias/a"}| auth.kmsKey: invalid value 'alias/a'; must be the ARN of a KMS key
            """)
    void invalidCredentialsAreReportedWithTheirPlace(String auth, String expected) {
        assertProblem(changes(auth), "sources[0]." + expected.strip());
    }

    @Test
    void anObjectInS3HasNoCredentials() {
        var changes = Map.of("sources", sources("s3://bucket/key", BEARER));
        assertProblem(
                changes,
                "sources[0].auth: invalid value 'bearer'; must be unset: it is for an https:// or jdbc: address");
    }

    @Test
    void secretsOfTheStackAreTextsAndAreNotShown() {
        var message =
                assertProblem(Map.of("sourceSecrets", "{\"a\": {\"b\": \"s3cr3t\"}}"), "sourceSecrets: invalid value");
        assertFalse(message.contains("s3cr3t"), message);
        assertFalse(new SourceSecrets(new java.util.TreeMap<>(Map.of("a", "s3cr3t")))
                .toString()
                .contains("s3cr3t"));
    }

    @Test
    void theFunctionMayReadExactlyTheSecretsOfTheSources() {
        var other = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:b-x1Y2z3";
        var key = "arn:aws:kms:eu-west-1:123456789012:key/1";
        var sources = "[{\"name\": \"flights\", \"uri\": \"https://e.org/f\", \"auth\": %s},".formatted(BEARER)
                + " {\"name\": \"airlines\", \"uri\": \"https://e.org/a\", \"auth\":"
                + " {\"type\": \"basic\", \"secret\": \"%s\", \"kmsKey\": \"%s\"}},".formatted(other, key)
                + " {\"name\": \"weather\", \"uri\": \"https://e.org/w\", \"auth\":"
                + " {\"type\": \"bearer\", \"secret\": \"mine\"}}]";
        var stack = RecordedStack.deploy(
                StackFiles.settings("dev", Map.of("sources", sources, "sourceSecrets", "{\"mine\": \"s3cr3t\"}")));
        var read = new TreeSet<String>();
        stack.ofType("aws:iam/policy:Policy").stream()
                .filter(policy -> policy.name().startsWith("dataExtractionRole"))
                .flatMap(policy -> policy.statements().stream())
                .filter(statement -> statement.path("Action").toString().matches(".*(secretsmanager|kms).*"))
                .forEach(statement -> statement.path("Resource").forEach(arn -> read.add(arn.asText())));
        assertEquals(
                Set.of(
                        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-api-??????",
                        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:data-preparation-dev/mine-??????",
                        other,
                        key),
                read);
        var secret = stack.named("aws:secretsmanager/secret:Secret", "sourceSecret-mine");
        assertEquals("data-preparation-dev/mine", secret.inputs().get("name"));
        var definition = stack.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .inputs()
                .toString();
        assertFalse(definition.contains("s3cr3t") || definition.contains("shop-api"), definition);
        var environment = stack.named("aws:lambda/function:Function", "dataExtractionLambda")
                .inputs()
                .get("environment")
                .toString();
        assertTrue(environment.contains("\"weather\":{\"type\":\"bearer\",\"secret\":\"data-preparation-dev/mine\"}"));
        assertFalse(environment.contains("s3cr3t"), environment);
    }

    private static PipelineSettings settings(String auth) {
        return StackFiles.settings("dev", changes(auth));
    }

    private static Map<String, String> changes(String auth) {
        return Map.of("sources", sources("https://example.org/f.csv", auth));
    }

    private static String sources(String uri, String auth) {
        return "[{\"name\": \"flights\", \"uri\": \"%s\", \"auth\": %s},".formatted(uri, auth.strip())
                + " {\"name\": \"airlines\", \"uri\": \"s3://bucket/a\"},"
                + " {\"name\": \"weather\", \"uri\": \"s3://bucket/w\"}]";
    }

    private static String assertProblem(Map<String, String> changes, String expected) {
        var message = assertThrows(RunException.class, () -> StackFiles.settings("dev", changes))
                .getMessage();
        assertTrue(message.contains(expected), message);
        return message;
    }
}
