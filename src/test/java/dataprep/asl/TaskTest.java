package dataprep.asl;

import static dataprep.asl.Samples.assertWritten;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.iam.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTest {

    @Test
    void everyFieldOfATaskIsWritten() throws Exception {
        assertWritten(
                """
                {"Type": "Task", "Comment": "runs", "Resource": "arn:aws:states:::glue:startJobRun.sync",
                 "Arguments": {"JobName": "job", "Arguments": {"--run_id": "{% $runId %}"}},
                 "TimeoutSeconds": 600, "HeartbeatSeconds": "{% $pulse %}",
                 "Retry": [{"Comment": "busy", "ErrorEquals": ["States.Timeout", "Busy"], "IntervalSeconds": 2,
                            "MaxAttempts": 3, "BackoffRate": 1.5, "MaxDelaySeconds": 60, "JitterStrategy": "FULL"},
                           {"ErrorEquals": ["States.ALL"]}],
                 "Catch": [{"Comment": "gone", "ErrorEquals": ["Gone"],
                            "Assign": {"error": "{% $states.errorOutput %}"}, "Output": {"gone": true},
                            "Next": "Second"},
                           {"ErrorEquals": ["States.ALL"], "Next": "Second"}],
                 "Assign": {"a": null, "b": [1, 2.5, "c"]}, "Output": {}, "Next": "Second"}""",
                Task.glueStartJobRunSync("job", "arn:aws:glue:eu-west-1:1:job/job")
                        .comment("runs")
                        .argument("Arguments", Payload.with("--run_id", Jsonata.of("$runId")))
                        .timeoutSeconds(600)
                        .heartbeatSeconds(Jsonata.of("$pulse"))
                        .retry(Retry.on(Errors.TIMEOUT, "Busy")
                                .comment("busy")
                                .intervalSeconds(2)
                                .maxAttempts(3)
                                .backoffRate(1.5)
                                .maxDelaySeconds(60)
                                .jitter(Retry.Jitter.FULL))
                        .retry(Retry.on(Errors.ALL))
                        .catching(
                                Catch.on("Gone")
                                        .comment("gone")
                                        .assign("error", Jsonata.of("$states.errorOutput"))
                                        .output(Payload.with("gone", true))
                                        .next("Second"),
                                Catch.all().next("Second"))
                        .assign("a", null)
                        .assign("b", List.of(1, 2.5, "c"))
                        .output(Payload.empty())
                        .next("Second"));
    }

    @Test
    void integrationsAreCalledWithTheirArguments() throws Exception {
        assertWritten(
                """
                {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                 "Arguments": {"FunctionName": "arn:aws:lambda:eu-west-1:1:function:f", "Payload": {"a": 1}}}""",
                Task.lambdaInvoke("arn:aws:lambda:eu-west-1:1:function:f")
                        .argument("Payload", Payload.with("a", 1))
                        .end());
        assertWritten(
                """
                {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
                 "Arguments": {"TopicArn": "arn:aws:sns:eu-west-1:1:t", "Message": "{% $m %}"}}""",
                Task.snsPublish("arn:aws:sns:eu-west-1:1:t")
                        .argument("Message", Jsonata.of("$m"))
                        .end());
        assertWritten(
                """
                {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:glue:updateTable", "End": true,
                 "Arguments": "{% $states.input %}"}""",
                Task.awsSdk("glue", "updateTable")
                        .arguments(Jsonata.of("$states.input"))
                        .end());
    }

    @Test
    void resourceIsOfThePartitionThatTheTaskWorksIn() {
        assertEquals(
                "arn:aws-cn:states:::lambda:invoke",
                Task.lambdaInvoke("arn:aws-cn:lambda:cn-north-1:1:function:f").resource());
        assertEquals(
                "arn:aws-us-gov:states:::aws-sdk:s3:getObject",
                Task.awsSdk("s3", "getObject", Statement.allow("s3:GetObject").on("*", "arn:aws-us-gov:s3:::b/*"))
                        .resource());
    }
}
