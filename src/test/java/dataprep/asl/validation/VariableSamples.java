package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;

import dataprep.asl.Branch;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Pass;
import dataprep.asl.State;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;

/** States that assign and read a variable {@code x}, and the problem if it cannot be read. */
final class VariableSamples {
    static final Jsonata X = Jsonata.of("$x");
    static final Pass ASSIGN_X = Pass.create().assign("x", 1);
    static final Succeed READ_X = Succeed.create().output(X);
    static final String UNSET = "variable $x is not assigned in this scope or in an outer scope";
    static final String BEFORE = "variable $x is read before it is assigned, on the path ";

    /** The state, and a state {@code Read} that reads the variable. */
    static StateMachine reading(State first) {
        return alone(first).state("Read", READ_X);
    }

    static ChoiceRule rule() {
        return ChoiceRule.when(Jsonata.of("$states.input.flag"));
    }

    static Branch inner(State state) {
        return Branch.of("Inner", state);
    }

    private VariableSamples() {}
}
