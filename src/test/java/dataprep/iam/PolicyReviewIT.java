package dataprep.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReviewIT {
    private static final String POLICY = """
            {"Statement": [{"Effect": "Allow", "Action": ["%s"], "Resource": ["%s"], "Condition": {"StringEquals": {"%s": ["x"]}}}]}""";

    private static PolicyReview review;

    @BeforeAll
    static void readTheLists() throws Exception {
        review = new PolicyReview();
    }

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, arn:aws:s3:::bucket/raw/*, s3:ExistingObjectTag/kind",
        "s3:ListBucket, arn:aws:s3:::bucket, s3:prefix",
        "s3:*, arn:aws:s3:::bucket, aws:SourceArn",
        "s3:*, arn:aws:s3:::bucket/*, aws:SourceArn",
        "logs:PutLogEvents, arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/f:*, aws:SourceArn",
        "logs:PutLogEvents, arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/f:log-stream:s, aws:SourceArn",
        "states:StartExecution, arn:aws:states:eu-west-1:1:stateMachine:m, states:StateMachineQualifier",
        "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:1:function:f, aws:SourceArn",
        "kms:Decrypt, arn:aws:kms:eu-west-1:1:key/k, kms:EncryptionContext:aws:logs:arn",
        "cloudwatch:PutMetricData, *, cloudwatch:namespace"
    })
    void aValidStatementHasNoFinding(String action, String resource, String key) throws Exception {
        assertEquals(List.of(), findings(action, resource, key));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3:GetObjekt | * | aws:SourceArn | s3:GetObjekt: no such action",
                "s4:GetObject | * | aws:SourceArn | s4:GetObject: no such action",
                "s3:Read* | * | aws:SourceArn | s3:Read*: no such action",
                "cloudwatch:PutMetricData | * | cloudwatch:alarm"
                        + " | cloudwatch:PutMetricData: no condition key cloudwatch:alarm",
                "s3:GetObject | arn:aws:s3:::bucket/* | aws:SourceArm | s3:GetObject: no condition key aws:SourceArm"
            })
    void aWrongNameIsFound(String action, String resource, String key, String finding) throws Exception {
        var findings = findings(action, resource, key);
        assertEquals(finding, findings.get(0), findings.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, arn:aws:s3:::bucket",
        "s3:ListBucket, arn:aws:s3:::bucket/*",
        "states:StartExecution, arn:aws:states:eu-west-1:1:execution:m:*",
        "sns:Publish, arn:aws:sqs:eu-west-1:1:queue",
        "s3:GetObject, *",
        "kms:Decrypt, arn:aws:kms:eu-west-1:1:alias/a"
    })
    void aResourceOfAnotherTypeIsFound(String action, String resource) throws Exception {
        assertEquals(
                "%s: none of its resource types is in [%s]".formatted(action, resource),
                findings(action, resource, "aws:SourceArn").get(0));
    }

    @Test
    void anActionWithoutResourceTypesIsOnAllResources() throws Exception {
        assertEquals(
                "cloudwatch:PutMetricData: acts on no resource, but is on [arn:aws:cloudwatch:eu-west-1:1:alarm:a]",
                findings("cloudwatch:PutMetricData", "arn:aws:cloudwatch:eu-west-1:1:alarm:a", "aws:SourceArn")
                        .get(0));
    }

    private static List<String> findings(String action, String resource, String key) throws Exception {
        return review.findings(new ObjectMapper().readTree(POLICY.formatted(action, resource, key)));
    }
}
