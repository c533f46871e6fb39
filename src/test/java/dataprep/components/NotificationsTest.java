package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.RecordedStack;
import dataprep.settings.StackFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationsTest {
    private static RecordedStack stack;

    @BeforeAll
    static void deploy() {
        stack = RecordedStack.deploy(StackFiles.settings("dev"));
    }

    @Test
    void aFailureThatTheWorkflowCannotReportIsPublishedToTheFailureTopic() {
        var pattern = stack.named("aws:cloudwatch/eventRule:EventRule", "unannouncedFailures")
                .json("eventPattern");
        assertEquals(
                "[\"ABORTED\",\"TIMED_OUT\"]",
                pattern.at("/detail/$or/0/status").toString());
        assertEquals("[\"FAILED\"]", pattern.at("/detail/$or/1/status").toString());
        assertEquals(
                "Failed",
                pattern.at("/detail/$or/1/error/0/anything-but/suffix").asText());
        assertEquals(
                "arn:aws:states:eu-central-1:123456789012:stateMachine:dataPreparationStateMachine",
                pattern.at("/detail/stateMachineArn/0").asText());
        var target = stack.named("aws:cloudwatch/eventTarget:EventTarget", "unannouncedFailures")
                .inputs();
        assertEquals("arn:aws:sns:eu-central-1:123456789012:failureTopic", target.get("arn"));
        var template = ((Map<?, ?>) target.get("inputTransformer"))
                .get("inputTemplate")
                .toString();
        assertTrue(template.lines().allMatch(line -> line.startsWith("\"") && line.endsWith("\"")), template);
        assertTrue(template.contains("redrive-execution --execution-arn <execution>"), template);
    }

    @Test
    void withoutAWebhookThereIsNoChatTarget() {
        assertEquals(List.of(), stack.ofType("aws:cloudwatch/eventApiDestination:EventApiDestination"));
        assertFalse(stack.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .json("definition")
                .path("States")
                .has("PostFailure"));
    }

    @ParameterizedTest
    @CsvSource({"slack, /text", "teams, /attachments/0/content/body/0/inlines/0/text"})
    void aChatGetsTheMessagesOfRunsAndUnreportedFailures(String format, String place) throws Exception {
        var address = "https://chat.example.org/hook";
        var chatty = RecordedStack.deploy(
                StackFiles.settings("dev", Map.of("alertWebhook", address, "alertWebhookFormat", format)));
        var destination = chatty.named("aws:cloudwatch/eventApiDestination:EventApiDestination", "chat")
                .inputs();
        assertTrue(destination.get("invocationEndpoint").toString().contains(address), destination.toString());
        for (var name : List.of("postMessages", "postUnannouncedFailures")) {
            var target =
                    chatty.named("aws:cloudwatch/eventTarget:EventTarget", name).inputs();
            var template = ((Map<?, ?>) target.get("inputTransformer"))
                    .get("inputTemplate")
                    .toString();
            var posted = new ObjectMapper().readTree(template.replaceFirst("(?<=: )<text>", "\"<text>\""));
            assertTrue(posted.at(place).asText().contains("<"), template);
        }
        var pattern =
                chatty.named("aws:cloudwatch/eventRule:EventRule", "messages").json("eventPattern");
        assertEquals("[\"data-preparation-dev\"]", pattern.at("/detail/stack").toString());
    }

    @Test
    void theTopicAcceptsEventBridgeOverTlsOnly() {
        var policy = topicPolicy(stack);
        assertEquals(2, policy.path("Statement").size());
        assertEquals(
                "[\"events.amazonaws.com\"]",
                policy.at("/Statement/0/Principal/Service").toString());
        assertTrue(policy.at("/Statement/0/Condition").isMissingNode(), "EventBridge sends SNS no source ARN");
        assertEquals("Deny", policy.at("/Statement/1/Effect").asText());
    }

    @Test
    void withAlarmsTheTopicAcceptsThoseOfThisStack() {
        var policy = topicPolicy(RecordedStack.deploy(StackFiles.settings("dev", Map.of("alarms", "true"))));
        var alarms = policy.at("/Statement/1");
        assertEquals(
                "cloudwatch.amazonaws.com", alarms.at("/Principal/Service/0").asText());
        assertEquals(
                "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:data-preparation-dev-*",
                alarms.at("/Condition/ArnLike/aws:SourceArn/0").asText());
        assertEquals(
                RecordedStack.ACCOUNT,
                alarms.at("/Condition/StringEquals/aws:SourceAccount/0").asText());
    }

    private static JsonNode topicPolicy(RecordedStack stack) {
        return stack.named("aws:sns/topicPolicy:TopicPolicy", "failureTopicPolicy")
                .json("policy");
    }
}
