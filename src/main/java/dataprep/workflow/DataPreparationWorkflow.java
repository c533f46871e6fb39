package dataprep.workflow;

import dataprep.asl.StateMachine;
import dataprep.settings.MonitoringSettings;
import dataprep.settings.WorkflowSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine of the data preparation: extract all sources, transform, check, publish.
 *
 * <p>The run's id is the execution's name. States pass references and counts, never data; values for later states are
 * variables. The published state changes only between {@code ClaimPublication} and {@code CommitManifest}, for one run
 * at a time.
 */
public final class DataPreparationWorkflow {
    /** The state that makes a run the current one. */
    public static final String COMMIT = "CommitManifest";
    /** The label of a transition that only a redriven execution takes. */
    public static final String REDRIVEN = "redriven since the claim";

    private DataPreparationWorkflow() {}

    public static StateMachine define(WorkflowSettings settings, ResourceNames resources) {
        var queue = new QueueStates(resources);
        var table = new TableStates(settings, resources);
        var entry = new EntryStates(settings, resources, table.first());
        var extraction = new ExtractionStates(settings, resources);
        var claim = new ClaimStates(resources);
        var publication = new PublicationStates(resources, settings.iceberg());
        var transformation = new TransformationStates(settings, resources, table, publication);
        var operations = new OperationsStates(settings.monitoring(), resources);
        var restoration = new RestoreStates(resources, operations.first());
        var pruning = new PruneStates(settings, resources, table.afterPruning());
        var failure = new FailureStates(settings.monitoring(), resources);
        var machine = StateMachine.startAt(QueueStates.FIRST)
                .comment("Extracts the sources, transforms them by the recipe and publishes the data set if it passes"
                        + " the quality gate")
                .timeoutSeconds(settings.runTimeoutMinutes() * 60)
                .state(QueueStates.FIRST, queue.checkInput())
                .state("FindRunningExecutions", queue.findRunningExecutions())
                .state("Turn", queue.turn())
                .state("DescribeWaiting", queue.describeWaiting())
                .state("Waiting", queue.waiting())
                .state("AwaitTurn", queue.awaitTurn())
                .state("Coalesced", queue.coalesced())
                .state("ReadPublished", entry.readPublished())
                .state("Requested", entry.requested())
                .state("ReadKeptRun", new RollbackStates(settings, resources, publication).readKeptRun())
                .state("ExtractData", extraction.extractData())
                .state("NewData", extraction.newData(operations.nothingToDo()))
                .state("NothingToDo", extraction.nothingToDo())
                .state("TransformData", operations.before(transformation.transformData()))
                .state("TransformEnded", transformation.transformEnded())
                .state("ReadQuality", transformation.readQuality())
                .state("QualityGate", transformation.qualityGate())
                .state("StageManifest", publication.stageManifest())
                .state("PublicationFree", claim.publicationFree())
                .state("DescribePublisher", claim.describePublisher())
                .state("PublisherEnded", claim.publisherEnded())
                .state("AwaitLateCalls", claim.awaitLateCalls())
                .state("AwaitPublisher", claim.awaitPublisher())
                .state("ClaimPublication", claim.claimPublication())
                .state("ReadClaim", claim.readClaim())
                .state("ClaimHeld", claim.claimHeld())
                .state("LoadData", publication.loadData())
                .state(COMMIT, publication.commitManifest().next(operations.first()))
                .state("ListRuns", pruning.listRuns())
                .state("PruneRuns", pruning.pruneRuns())
                .state("MoreRuns", pruning.moreRuns())
                .state("ListMoreRuns", pruning.listMoreRuns())
                .state("Published", publication.published())
                .state("ReadOutcome", restoration.readOutcome())
                .state("Outcome", restoration.outcome())
                .state("AwaitOwnLateCalls", restoration.awaitOwnLateCalls())
                .state("Redriven", restoration.redriven())
                .state("ClaimRestoration", restoration.claimRestoration())
                .state("RestoreData", restoration.restoreData())
                .state("RestoreManifest", restoration.restoreManifest());
        return failure.addTo(operations.addTo(table.addTo(extraction.addTo(machine))));
    }

    /** The definition with placeholder names, for diagrams and tables. */
    public static StateMachine withPlaceholders() {
        return withPlaceholders(false);
    }

    /** The same for a data set that is an Iceberg table. */
    public static StateMachine ofTableWithPlaceholders() {
        return withPlaceholders(true);
    }

    private static StateMachine withPlaceholders(boolean iceberg) {
        var unwatched = new MonitoringSettings("", "", List.of(), false, false, false);
        return define(
                new WorkflowSettings(
                        List.of(), Optional.empty(), Set.of(), 1, 1, 1, Optional.empty(), 1, iceberg, 1, "", unwatched),
                ResourceNames.placeholders());
    }
}
