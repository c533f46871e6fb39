package dataprep.workflow;

import dataprep.asl.Jsonata;

/** What every state knows of its run, and how long a call to an API may take. */
final class Run {
    static final Jsonata ID = Jsonata.of("$states.context.Execution.Name");
    static final int API_CALL_SECONDS = 60;
    /** For Lambda and Glue to report their own timeouts before the state's cuts them off. */
    static final int GRACE_SECONDS = 120;

    private Run() {}

    /** The part of a key that tells a run's objects from another's. */
    static Jsonata folder(String prefix) {
        return Jsonata.text(prefix + "run_id=", ID, "/");
    }

    /** The key of a file among the reports of the run that is to be published. */
    static Jsonata report(String file) {
        return Jsonata.text(LakePaths.REPORTS + "run_id=", Jsonata.of("$run"), "/" + file);
    }
}
