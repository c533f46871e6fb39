package dataprep.asl.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dataprep.asl.Jsonata;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import org.junit.jupiter.api.Test;

class ValidationTest {

    @Test
    void validDefinitionIsReturned() {
        StateMachine sound = StateMachine.startAt("First").state("First", Succeed.create());

        assertSame(sound, Validation.validate(sound));
    }

    @Test
    void everyProblemIsInTheMessageOfTheFailure() {
        StateMachine broken = StateMachine.startAt("Start")
                .timeoutSeconds(0)
                .state("First", Succeed.create().output(Jsonata.of("$x + $gone()")));

        var invalid = assertThrows(InvalidDefinition.class, () -> Validation.validate(broken));

        assertEquals("""
                the state machine's definition has 4 problems:
                  TimeoutSeconds: invalid value '0'; must be 1 to 99999999
                  StartAt: invalid value 'Start'; must be one of the states of its scope: First
                  States.First.Output: function $gone does not exist in JSONata or in Step Functions
                  States.First.Output: variable $x is not assigned in this scope or in an outer scope\
                """, invalid.getMessage());
    }
}
