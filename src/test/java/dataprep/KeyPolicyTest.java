package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.settings.StackFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The key policy of the stack's KMS key. */
class KeyPolicyTest {
    private static final String OF_THE_ACCOUNT = "\"StringEquals\":{\"aws:SourceAccount\":[\"123456789012\"]}";

    @Test
    void itsPolicyAllowsOnlyTheAccountAndTheServicePrincipals() {
        assertEquals(
                Map.of(
                        "arn:aws:iam::123456789012:root",
                        "{}",
                        "events.amazonaws.com",
                        "{}",
                        "budgets.amazonaws.com",
                        "{\"ArnLike\":{\"aws:SourceArn\":[\"arn:aws:budgets::123456789012:*\"]},%s}"
                                .formatted(OF_THE_ACCOUNT),
                        "cloudwatch.amazonaws.com",
                        ("{\"ArnLike\":{\"aws:SourceArn\":[\"arn:aws:cloudwatch:eu-central-1:123456789012:"
                                        + "alarm:data-preparation-dev-*\"]},%s}")
                                .formatted(OF_THE_ACCOUNT),
                        "logs.eu-central-1.amazonaws.com",
                        "{\"ArnLike\":{\"kms:EncryptionContext:aws:logs:arn\":[\"arn:aws:logs:eu-central-1:"
                                + "123456789012:log-group:*/data-preparation-dev/*\"]}}"),
                conditions(EncryptionTest.encrypted(StackFiles.EVERYTHING_ON)));
    }

    static Stream<Map<String, String>> stacks() {
        return Stream.of(
                Map.of(),
                Map.of("alarms", "true"),
                Map.of("monthlyBudgetDollars", "50"),
                Map.of("startOnNewObjects", "true"),
                StackFiles.EVERYTHING_ON);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theServicesThatMaySendToATopicOrAQueueAreThoseThatMayUseTheKey(Map<String, String> settings) {
        var stack = EncryptionTest.encrypted(settings);
        var senders = Stream.of("aws:sns/topicPolicy:TopicPolicy", "aws:sqs/queuePolicy:QueuePolicy")
                .flatMap(type -> stack.ofType(type).stream())
                .flatMap(policy -> policy.statements().stream())
                .flatMap(KeyPolicyTest::services)
                .collect(Collectors.toSet());
        var users = key(stack).statements().stream()
                .filter(statement -> actions(statement).equals(Set.of("kms:Decrypt", "kms:GenerateDataKey")))
                .flatMap(KeyPolicyTest::services)
                .collect(Collectors.toSet());
        assertEquals(senders, users);
    }

    @Test
    void noServiceMayDoMoreWithTheKeyThanReadAndWrite() {
        for (var statement :
                key(EncryptionTest.encrypted(StackFiles.EVERYTHING_ON)).statements()) {
            if (services(statement).findAny().isPresent()) {
                var actions = new TreeSet<>(actions(statement));
                actions.removeAll(Set.of(
                        "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"));
                assertEquals(Set.of(), actions, statement.toString());
            }
            assertFalse(statement.path("Action").toString().contains("*"), statement.toString());
        }
    }

    /** The conditions of the key's policy, by principal. */
    private static Map<String, String> conditions(RecordedStack stack) {
        var conditions = new TreeMap<String, String>();
        for (var statement : key(stack).statements()) {
            statement
                    .path("Principal")
                    .forEach(kind -> kind.forEach(principal -> assertEquals(
                            null,
                            conditions.put(
                                    principal.asText(),
                                    statement.has("Condition")
                                            ? statement.path("Condition").toString()
                                            : "{}"))));
        }
        return conditions;
    }

    private static RecordedStack.Registered key(RecordedStack stack) {
        return stack.named("aws:kms/key:Key", "encryptionKey");
    }

    private static Stream<String> services(JsonNode statement) {
        return texts(statement.at("/Principal/Service")).stream();
    }

    private static Set<String> actions(JsonNode statement) {
        return Set.copyOf(texts(statement.path("Action")));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
