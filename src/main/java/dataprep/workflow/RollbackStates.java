package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Task;
import dataprep.settings.WorkflowSettings;

/** Publishes a kept run again, with the versions of its sources: the next run takes anew what came after them. */
record RollbackStates(WorkflowSettings plan, ResourceNames resources) {

    /** Reads {@code kept}, the run's entry in the history. Assigns {@code manifest}; {@code quality} is empty, since a rollback has read and checked nothing. */
    Task readKeptRun() {
        var history = PublicationStates.history("$kept.rows", "$kept.dataset", plan.keptRuns());
        return new Manifest(resources)
                .readStaged(Jsonata.of("$kept.dataset"))
                .assign(
                        "manifest",
                        Jsonata.of("$merge([$parse($states.result.Body), {'history': %s}])".formatted(history)))
                .assign("quality", Jsonata.of("{}"))
                .catching(FailureStates.from("ReadKeptRun"))
                .next("PublicationFree");
    }
}
