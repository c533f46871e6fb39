package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Task;
import dataprep.settings.WorkflowSettings;

/** Publishes a retained run again, with the versions of its sources: the next run extracts later versions again. */
record RollbackStates(WorkflowSettings settings, ResourceNames resources, PublicationStates publication) {

    /**
     * Reads {@code kept}, the run's entry in the history. Assigns {@code manifest}; {@code quality} is empty, because a
     * rollback transforms and checks nothing.
     */
    Task readKeptRun() {
        var history = publication.history("$kept", "$kept.rows", settings.keptRuns());
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
