package dataprep.workflow;

import dataprep.asl.StateMachine;

/**
 * The data preparation as a state machine: extract all sources, transform, check, publish.
 *
 * <p>The run's id is the execution's name. States hand on pointers and counts, never data; what later states need is a
 * variable. The published data changes in {@code LoadData} and {@code CommitManifest} only.
 */
public final class DataPreparationWorkflow {
    /** The state whose success makes a run the current one. */
    public static final String COMMIT = "CommitManifest";

    private DataPreparationWorkflow() {}

    public static StateMachine define(Plan plan, Resources resources) {
        var extraction = new ExtractionStates(plan, resources);
        var transformation = new TransformationStates(plan, resources);
        var publication = new PublicationStates(plan, resources);
        var failure = new FailureStates(resources);
        return StateMachine.startAt("ExtractData")
                .comment("Extracts the sources, transforms them by the recipe, publishes what passes the quality gate")
                .timeoutSeconds(plan.runTimeoutMinutes() * 60)
                .state("ExtractData", extraction.extractData())
                .state("NewData", extraction.newData())
                .state("NothingToDo", extraction.nothingToDo())
                .state("TransformData", transformation.transformData())
                .state("TransformEnded", transformation.transformEnded())
                .state("ReadQuality", transformation.readQuality())
                .state("QualityGate", transformation.qualityGate())
                .state("LoadData", publication.loadData())
                .state(COMMIT, publication.commitManifest())
                .state("Published", publication.published())
                .state(FailureStates.FIRST, failure.notifyFailure())
                .state("PipelineFailed", failure.pipelineFailed());
    }
}
