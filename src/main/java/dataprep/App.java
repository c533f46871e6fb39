package dataprep;

import com.pulumi.Context;
import com.pulumi.core.Output;
import dataprep.components.AwsTarget;
import dataprep.components.Catalog;
import dataprep.components.DataLake;
import dataprep.components.ExtractFunction;
import dataprep.components.Notifications;
import dataprep.components.Operations;
import dataprep.components.Queries;
import dataprep.components.Release;
import dataprep.components.Schedule;
import dataprep.components.TransformJob;
import dataprep.components.Workflow;
import dataprep.pulumi.PulumiProgram;
import dataprep.settings.Configuration;
import dataprep.settings.PipelineSettings;
import java.util.Map;
import java.util.TreeMap;

/** The Pulumi program: a data preparation pipeline on Step Functions. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        PulumiProgram.run(() -> settings(Configuration.ofProcess()), App::stack);
    }

    /**
     * Registers all resources with the settings of a test or an inline program.
     *
     * @param configuration of the stack
     */
    public static void deploy(Context ctx, Configuration configuration) {
        deploy(ctx, settings(configuration));
    }

    public static void deploy(Context ctx, PipelineSettings settings) {
        PulumiProgram.deploy(ctx, () -> stack(settings));
    }

    private static PipelineSettings settings(Configuration configuration) {
        var settings = PipelineSettings.from(configuration);
        Workflow.check(settings);
        ExtractFunction.check(settings);
        return settings;
    }

    /** Registers all resources; returns the stack's outputs. */
    private static Map<String, Output<?>> stack(PipelineSettings settings) {
        var target = AwsTarget.current();

        var lake = new DataLake("dataLake", settings, target);
        var extract = new ExtractFunction("extractFunction", settings, lake, target);
        var transform = new TransformJob("transformJob", settings, lake, target);
        var catalog = new Catalog("catalog", settings, lake);
        new Queries("queries", settings, lake, catalog);
        var workflow = new Workflow("workflow", settings, lake, extract, transform, catalog, target);
        var release = new Release("release", settings, workflow);
        var schedule = new Schedule("schedule", settings, lake, release, target);
        new Notifications("notifications", settings, workflow, target);
        var operations = new Operations("operations", settings, lake, extract, transform, workflow, schedule, target);

        var outputs = new TreeMap<String, Output<?>>();
        outputs.put("state_machine_arn", workflow.stateMachineArn());
        outputs.put("live_alias_arn", release.aliasArn());
        outputs.put("data_bucket", lake.dataBucket());
        outputs.put("extraction_function", extract.name());
        outputs.put("transformation_job", transform.name());
        outputs.put("failure_topic", workflow.failureTopicArn());
        operations.alarmTopicArn().ifPresent(arn -> outputs.put("alarm_topic", arn));
        return outputs;
    }
}
