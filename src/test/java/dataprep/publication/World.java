package dataprep.publication;

import java.util.Arrays;

/**
 * One state of the model as numbers: the store, the executions, the abandoned calls in flight, and the remaining fault
 * budget.
 */
record World(int[] numbers, int executions) {
    static final int LATES = 2;
    static final int FAULT = 1;
    static final int ABORT = 1 << 4;
    static final int REDRIVE = 1 << 8;
    static final int LATE = 1 << 12;

    private static final int ISSUER_BITS = 5;
    private static final int LATE_BITS = ISSUER_BITS + 3;
    private static final int NO_LATE = Integer.MAX_VALUE;

    static int width(int executions) {
        return 1 + executions + LATES + 1;
    }

    static World of(int store, int[] executions, Scenario.Budget budget) {
        var numbers = new int[width(executions.length)];
        numbers[0] = store;
        System.arraycopy(executions, 0, numbers, 1, executions.length);
        Arrays.fill(numbers, 1 + executions.length, 1 + executions.length + LATES, NO_LATE);
        numbers[numbers.length - 1] =
                budget.faults() * FAULT + budget.aborts() * ABORT + budget.redrives() * REDRIVE + budget.lates() * LATE;
        return new World(numbers, executions.length);
    }

    int store() {
        return numbers[0];
    }

    int execution(int index) {
        return numbers[1 + index];
    }

    int lates() {
        int count = 0;
        while (count < LATES && numbers[1 + executions + count] != NO_LATE) {
            count++;
        }
        return count;
    }

    /** The request of a call in flight. */
    int late(int index) {
        return numbers[1 + executions + index] >> LATE_BITS;
    }

    /** Its issuer, see {@link Clock#issuer}. */
    int issuer(int index) {
        return numbers[1 + executions + index] & (1 << ISSUER_BITS) - 1;
    }

    /** Whether it was abandoned before a long Wait of an execution began, and so takes effect before the Wait ends. */
    boolean isBeforeWaitOf(int execution, int index) {
        return (numbers[1 + executions + index] >> ISSUER_BITS + execution & 1) > 0;
    }

    /**
     * Whether the remaining budget allows this sum of {@link #FAULT}, {@link #ABORT}, {@link #REDRIVE} and {@link
     * #LATE}.
     */
    boolean allows(int what) {
        for (int unit = FAULT; unit <= LATE; unit <<= 4) {
            if ((budget() / unit & 15) < (what / unit & 15)) {
                return false;
            }
        }
        return true;
    }

    /** The remaining fault budget. */
    int budget() {
        return numbers[numbers.length - 1];
    }

    /**
     * @param waits whether the move starts a long Wait of the execution
     */
    World after(Move move, int index, int issuer, boolean waits) {
        var changed = numbers.clone();
        changed[0] = move.store();
        changed[1 + index] = move.execution();
        changed[changed.length - 1] -= move.spends();
        if (move.late() != Move.NONE) {
            changed[1 + executions + lates()] = move.late() << LATE_BITS | issuer;
        }
        for (int i = 1 + executions; waits && i <= executions + LATES; i++) {
            changed[i] |= changed[i] == NO_LATE ? 0 : 1 << ISSUER_BITS + index;
        }
        Arrays.sort(changed, 1 + executions, 1 + executions + LATES);
        return new World(changed, executions);
    }

    World landed(int late, int store) {
        var changed = numbers.clone();
        changed[0] = store;
        changed[1 + executions + late] = NO_LATE;
        Arrays.sort(changed, 1 + executions, 1 + executions + LATES);
        return new World(changed, executions);
    }
}
