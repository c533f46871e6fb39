package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.RecordedStack;
import dataprep.settings.StackFiles;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private static RecordedStack stack;

    @BeforeAll
    static void deploy() {
        stack = RecordedStack.deploy(StackFiles.settings("dev"));
    }

    @Test
    void aRunThatWasCutOffIsToldToTheFailureTopic() {
        var pattern =
                stack.named("aws:cloudwatch/eventRule:EventRule", "runsCutOff").json("eventPattern");
        assertEquals("[\"ABORTED\",\"TIMED_OUT\"]", pattern.at("/detail/status").toString());
        assertEquals(
                "arn:aws:sfn:eu-central-1:123456789012:dataPreparationStateMachine",
                pattern.at("/detail/stateMachineArn/0").asText());
        var target = stack.named("aws:cloudwatch/eventTarget:EventTarget", "runsCutOff")
                .inputs();
        assertEquals("arn:aws:sns:eu-central-1:123456789012:failureTopic", target.get("arn"));
        var template = ((Map<?, ?>) target.get("inputTransformer"))
                .get("inputTemplate")
                .toString();
        assertTrue(template.lines().allMatch(line -> line.startsWith("\"") && line.endsWith("\"")), template);
        assertTrue(template.contains("redrive-execution --execution-arn <execution>"), template);
    }

    @Test
    void theTopicHearsThisRuleAndThisAccountsAlarmsOverTlsOnly() {
        var policy = stack.named("aws:sns/topicPolicy:TopicPolicy", "failureTopicPolicy")
                .json("policy");
        assertEquals(
                "events.amazonaws.com",
                policy.at("/Statement/0/Principal/Service/0").asText());
        assertEquals(
                "arn:aws:cloudwatch:eu-central-1:123456789012:runsCutOff",
                policy.at("/Statement/0/Condition/ArnEquals/aws:SourceArn/0").asText());
        assertEquals(
                "cloudwatch.amazonaws.com",
                policy.at("/Statement/1/Principal/Service/0").asText());
        assertEquals("Deny", policy.at("/Statement/2/Effect").asText());
    }
}
