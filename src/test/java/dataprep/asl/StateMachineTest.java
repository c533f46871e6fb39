package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachineTest {

    @Test
    void validDefinitionIsReturned() {
        StateMachine sound = StateMachine.startAt("First").state("First", Succeed.create());

        assertSame(sound, sound.validate());
    }

    @Test
    void everyProblemIsInTheMessageOfTheFailure() {
        StateMachine broken = StateMachine.startAt("Start")
                .timeoutSeconds(0)
                .state("First", Succeed.create().output(Jsonata.of("$x + $gone()")));

        var invalid = assertThrows(InvalidDefinition.class, broken::validate);

        assertEquals("""
                the state machine's definition has 4 problems:
                  TimeoutSeconds: invalid value '0'; must be 1 to 99999999
                  StartAt: invalid value 'Start'; must be one of the states of its scope: First
                  States.First.Output: function $gone does not exist in JSONata or in Step Functions
                  States.First.Output: variable $x is not assigned in this scope or in an outer scope\
                """, invalid.getMessage());
    }

    @Test
    void everyStateIsFoundInItsScopeWithThoseAroundIt() {
        Map each = Map.each(Branch.of("Inner", Succeed.create())).end();
        Parallel both = Parallel.of(Branch.of("One", Succeed.create()), Branch.of("Each", each))
                .next("Last");
        StateMachine machine = StateMachine.startAt("Both").state("Both", both).state("Last", Succeed.create());

        assertEquals(
                List.of(
                        "States.Both",
                        "States.Both.Branches[0].States.One",
                        "States.Both.Branches[1].States.Each",
                        "States.Both.Branches[1].States.Each.ItemProcessor.States.Inner",
                        "States.Last"),
                machine.everyState().stream().map(LocatedState::path).toList());
        assertEquals(List.of(both, each), machine.everyState().get(3).around());
    }
}
