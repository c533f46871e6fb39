package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.iam.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-west-1:1:function:f";
    private static final String JOB = "arn:aws:glue:eu-west-1:1:job/job";
    private static final String TOPIC = "arn:aws:sns:eu-west-1:1:topic";

    @Test
    void everyTaskBringsWhatItsIntegrationNeeds() {
        assertEquals(
                List.of(Statement.allow("lambda:InvokeFunction").on(FUNCTION)),
                Task.lambdaInvoke(FUNCTION).permissions());
        assertEquals(
                List.of(Statement.allow("glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun")
                        .on(JOB)),
                Task.glueStartJobRunSync("job", JOB).permissions());
        assertEquals(
                List.of(Statement.allow("sns:Publish").on(TOPIC)),
                Task.snsPublish(TOPIC).permissions());
        assertEquals(
                List.of(Statement.allow("kms:Decrypt").on("arn:aws:kms:eu-west-1:1:key/k")),
                Task.awsSdk("s3", "getObject")
                        .requires(Statement.allow("kms:Decrypt").on("arn:aws:kms:eu-west-1:1:key/k"))
                        .permissions());
    }

    @Test
    void permissionsAreThoseOfAllScopesMerged() {
        Statement read = Statement.allow("s3:GetObject").on("arn:aws:s3:::data/*");
        Statement write = Statement.allow("s3:PutObject").on("arn:aws:s3:::data/*");
        StateMachine machine = StateMachine.startAt("Publish")
                .state("Publish", Task.snsPublish(TOPIC).next("Each"))
                .state(
                        "Each",
                        Map.each(Branch.of("Invoke", Task.lambdaInvoke(FUNCTION).end()))
                                .next("Both"))
                .state(
                        "Both",
                        Parallel.of(
                                        Branch.of(
                                                "Read",
                                                Task.awsSdk("s3", "getObject", read)
                                                        .end()),
                                        Branch.of(
                                                "Write",
                                                Task.awsSdk("s3", "putObject", write)
                                                        .end()))
                                .next("Wait"))
                .state("Wait", Wait.seconds(1).next("ReadAgain"))
                .state("ReadAgain", Task.awsSdk("s3", "getObject", read).end());

        assertEquals(
                List.of(
                        Statement.allow("sns:Publish").on(TOPIC),
                        Statement.allow("lambda:InvokeFunction").on(FUNCTION),
                        Statement.allow("s3:GetObject", "s3:PutObject").on("arn:aws:s3:::data/*")),
                machine.permissions());
    }
}
