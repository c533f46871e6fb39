package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.lake.LakePaths;

/** What every state knows of its run, and how long a call to an API may take. */
final class ExecutionContext {
    static final Jsonata ID = Jsonata.of("$states.context.Execution.Name");
    /** How often the execution was redriven; none of its states may rely on what it did before. */
    static final Jsonata REDRIVES = Jsonata.of(
            "($exists($states.context.Execution.RedriveCount) ? $states.context.Execution.RedriveCount : 0)");

    /** That an entry is this execution's: a name, and so an ARN, may be used again after 90 days. */
    static final String IS_MINE =
            "execution = $states.context.Execution.Id and started_at = $states.context.Execution.StartTime";

    /** The prefix of the copies of the sources; a run that starts again has another one. */
    static final Jsonata EXTRACTION =
            Jsonata.text(LakePaths.RAW + "run_id=", ID, "/extraction=", Jsonata.of("$extraction"), "/");

    static final int API_CALL_SECONDS = 60;
    /** For Lambda and Glue to report their own timeouts before the state's ends them. */
    static final int GRACE_SECONDS = 120;
    /** After so long, a call that nobody waits for any more has taken effect or never will: docs/aws-assumptions.md. */
    static final int LATE_CALL_SECONDS = 600;

    private ExecutionContext() {}

    /** The key of a file among the reports of the run, as its job run has written it. */
    static Jsonata report(String file) {
        return Jsonata.text(LakePaths.REPORTS + "run_id=", ID, "/job_run=", Jsonata.of("$jobRun"), "/" + file);
    }
}
