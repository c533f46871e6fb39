package dataprep.workflow;

import dataprep.asl.StateMachine;

/**
 * The data preparation as a state machine: extract all sources, transform, check, publish.
 *
 * <p>The run's id is the execution's name. States hand on pointers and counts, never data; what later states need is a
 * variable. The published data changes in {@code LoadData} and {@code CommitManifest} only.
 */
public final class DataPreparationWorkflow {
    private DataPreparationWorkflow() {}

    public static StateMachine define(Plan plan, Resources resources) {
        var extraction = new ExtractionStates(plan, resources);
        var transformation = new TransformationStates(plan, resources);
        var publication = new PublicationStates(plan, resources);
        var operations = new OperationsStates(plan.watching(), resources);
        var failure = new FailureStates(plan.watching(), resources);
        var machine = StateMachine.startAt("ExtractData")
                .comment("Extracts the sources, transforms them by the recipe, publishes what passes the quality gate")
                .timeoutSeconds(plan.runTimeoutMinutes() * 60)
                .state("ExtractData", extraction.extractData())
                .state("NewData", extraction.newData())
                .state("NothingToDo", extraction.nothingToDo())
                .state("TransformData", operations.metered(transformation.transformData()))
                .state("TransformEnded", transformation.transformEnded())
                .state("ReadQuality", transformation.readQuality())
                .state("QualityGate", transformation.qualityGate())
                .state("LoadData", publication.loadData())
                .state("CommitManifest", publication.commitManifest().next(operations.first()))
                .state("Published", publication.published());
        return failure.addTo(operations.addTo(machine));
    }
}
