package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RunFailureTest {
    @Test
    void whatTheWorkflowSaysOfAFailureIsReadAsItWasMeant() {
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
    void whatWhoeverStoppedARunSaidStaysAsItIs() {
        assertEquals(new RunFailure("", "ReviewFailed", "by: me"), RunFailure.of("ABORTED", "ReviewFailed", "by: me"));
    }

    @Test
    void nothingIsReadAsNothing() {
        assertEquals(new RunFailure("", "", ""), RunFailure.of("TIMED_OUT", null, null));
    }
}
