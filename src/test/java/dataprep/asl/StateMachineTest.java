package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachineTest {

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
