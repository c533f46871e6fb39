package dataprep.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.asl.Evaluate;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.settings.StackFiles;
import dataprep.settings.WorkflowSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The shipped definition, and sample inputs of its expressions. */
public final class Shipped {
    static final ObjectMapper JSON = new ObjectMapper();
    public static final StateMachine MACHINE =
            DataPreparationWorkflow.define(plan("version-2"), ResourceNames.placeholders());
    public static final StateMachine INCREMENTAL =
            DataPreparationWorkflow.define(plan("version-2", "flights"), ResourceNames.placeholders());
    /** The definition of an incremental data set that is an Iceberg table. */
    public static final StateMachine ICEBERG = DataPreparationWorkflow.define(
            changed(plan("version-2"), "version-2", true, Optional.of("flights")), ResourceNames.placeholders());

    static final Map<String, Object> PUBLISHED =
            Map.of("run_id", "run-0", "version", "version-2", "history", List.of(Map.of("run_id", "run-0")));
    static final Map<String, Object> CONTEXT = Map.of(
            "Execution", Map.of("Name", "run-1", "Id", "arn:execution", "StartTime", "2026-01-01T00:00:00Z"),
            "Map", Map.of("Item", Map.of("Value", Map.of("name", "flights", "uri", "s3://b/k"))));
    static final Map<String, Object> QUALITY = Map.of(
            "verdict",
            "passed",
            "rows_in",
            8,
            "rows_out",
            7,
            "rows_quarantined",
            1,
            "dataset",
            "s3://data-bucket/transformed-data/dataset/run_id=run-1/job_run=jr_1/",
            "output_csv",
            "s3://data-bucket/transformed-data/dataset/run_id=run-1/job_run=jr_1/_output.csv",
            "columns",
            List.of(Map.of("Name", "id", "Type", "int")));

    private Shipped() {}

    /** The shipped definition that keeps the current run only. */
    public static StateMachine keepingOneRun() {
        var plan = StackFiles.workflow(StackFiles.settings("dev", Map.of("keptRuns", "1")));
        return DataPreparationWorkflow.define(plan, ResourceNames.placeholders());
    }

    /** The shipped definition for an Iceberg table, of which some runs are retained. */
    public static StateMachine iceberg(int keptRuns) {
        var settings = StackFiles.settings("dev", Map.of("keptRuns", Integer.toString(keptRuns)));
        var plan = StackFiles.workflow(settings);
        return DataPreparationWorkflow.define(
                changed(plan, plan.version(), true, Optional.empty()), ResourceNames.placeholders());
    }

    static WorkflowSettings plan(String version, String... incrementalSource) {
        var plan = StackFiles.workflow(StackFiles.settings("dev"));
        return changed(plan, version, false, Stream.of(incrementalSource).findFirst());
    }

    private static WorkflowSettings changed(
            WorkflowSettings plan, String version, boolean iceberg, Optional<String> incrementalSource) {
        return new WorkflowSettings(
                plan.sources(),
                incrementalSource,
                plan.sensitiveSources(),
                plan.extractConcurrency(),
                plan.extractTimeoutSeconds(),
                plan.transformTimeoutMinutes(),
                plan.workers(),
                plan.runTimeoutMinutes(),
                iceberg,
                plan.keptRuns(),
                version,
                plan.monitoring());
    }

    static Evaluate on(String field, Object sample) {
        return Evaluate.on(field, sample);
    }

    static Payload at(String pointer) {
        return at(MACHINE, pointer);
    }

    static Payload at(StateMachine machine, String pointer) {
        try {
            JsonNode found = JSON.readTree(machine.toJson()).path("States").at(pointer);
            return Payload.of(found);
        } catch (IOException e) {
            throw new AssertionError(pointer, e);
        }
    }
}
