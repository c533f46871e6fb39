package dataprep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class RunFailureTextTest {
    @Test
    void aFailedStateIsNamedWithItsErrorAndTheMessageInItsCause() {
        var failure = RunFailureText.of(end(
                ExecutionStatus.FAILED,
                "ExtractDataFailed",
                "SourceNotFound: {\"errorMessage\": \"no such key: a\", \"errorType\": \"SourceNotFound\"}"));
        assertEquals("""
                the run ended with status FAILED
                  state  ExtractData
                  error  SourceNotFound
                  cause  no such key: a
                  logs   here""", failure.text("here"));
    }

    @Test
    void aGlueJobRunHasAnErrorMessage() {
        var cause = "States.TaskFailed: {\"JobRunState\": \"FAILED\", \"ErrorMessage\": \"StepError: twice\"}";
        var failure = RunFailureText.of(end(ExecutionStatus.FAILED, "TransformDataFailed", cause));
        assertEquals(
                new RunFailureText(
                        "the run ended with status FAILED", "TransformData", "States.TaskFailed", "StepError: twice"),
                failure);
    }

    @Test
    void aCauseThatIsNotJsonIsNotChanged() {
        var failure =
                RunFailureText.of(end(ExecutionStatus.FAILED, "QualityGateFailed", "RulesNotMet: minRows: 0 rows"));
        assertEquals("minRows: 0 rows", failure.cause());
    }

    @Test
    void anAbortedRunHasNoState() {
        assertEquals(
                "the run ended with status ABORTED\n  logs   here",
                RunFailureText.of(end(ExecutionStatus.ABORTED, null, null)).text("here"));
    }

    private static DescribeExecutionResponse end(ExecutionStatus status, String error, String cause) {
        return DescribeExecutionResponse.builder()
                .status(status)
                .error(error)
                .cause(cause)
                .build();
    }
}
