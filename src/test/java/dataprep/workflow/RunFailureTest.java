package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RunFailureTest {
    @Test
    void theWorkflowsFailureIsParsed() {
        assertEquals(
                new RunFailure("TransformData", "States.TaskFailed", "StepError: twice"),
                RunFailure.of(
                        "FAILED",
                        "TransformDataFailed",
                        "States.TaskFailed: {\"JobRunState\": \"FAILED\", \"ErrorMessage\": \"StepError: twice\"}"));
    }

    @Test
    void anErrorThatTheWorkflowCouldNotCatchHasNoState() {
        assertEquals(
                new RunFailure("", "States.Runtime", "an expression: failed"),
                RunFailure.of("FAILED", "States.Runtime", "an expression: failed"));
    }

    @Test
    void theErrorOfStopExecutionIsNotChanged() {
        assertEquals(new RunFailure("", "ReviewFailed", "by: me"), RunFailure.of("ABORTED", "ReviewFailed", "by: me"));
    }

    @Test
    void nullIsReadAsNull() {
        assertEquals(new RunFailure("", "", ""), RunFailure.of("TIMED_OUT", null, null));
    }
}
