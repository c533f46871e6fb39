package dataprep.workflow;

import dataprep.asl.Jsonata;

/** The context values of a run, and the time limits of API calls. */
final class ExecutionContext {
    static final Jsonata ID = Jsonata.of("$states.context.Execution.Name");
    /** The number of redrives of the execution; no state may rely on work from before a redrive. */
    static final Jsonata REDRIVES = Jsonata.of(
            "($exists($states.context.Execution.RedriveCount) ? $states.context.Execution.RedriveCount : 0)");

    /** Whether an entry belongs to this execution: a name, and so an ARN, may be reused after 90 days. */
    static final String IS_MINE =
            "execution = $states.context.Execution.Id and started_at = $states.context.Execution.StartTime";

    /** Whether the execution publishes its own run; a rollback publishes an earlier one. */
    static final String IS_NEW_RUN = "$run = " + ID.expression();

    static final int API_CALL_SECONDS = 60;
    /** The margin for Lambda and Glue to report their own timeouts before the state's timeout. */
    static final int GRACE_SECONDS = 120;
    /** The time after which an abandoned call has taken effect or never will: docs/aws-assumptions.md. */
    static final int LATE_CALL_SECONDS = 600;

    private ExecutionContext() {}
}
