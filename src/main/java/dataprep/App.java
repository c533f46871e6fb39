package dataprep;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import dataprep.components.AwsTarget;
import dataprep.components.Catalog;
import dataprep.components.DataLake;
import dataprep.components.ExtractFunction;
import dataprep.components.Notifications;
import dataprep.components.Operations;
import dataprep.components.Queries;
import dataprep.components.Registration;
import dataprep.components.Release;
import dataprep.components.Schedule;
import dataprep.components.TransformJob;
import dataprep.components.Workflow;
import dataprep.settings.ConfigKeys;
import dataprep.settings.PipelineSettings;
import java.util.Set;

/** The Pulumi program: a data preparation that Step Functions coordinates. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        Pulumi.run(ctx -> stack(ctx, ConfigKeys.ofProcess()));
    }

    /** @param configKeys the names of all keys that the stack's configuration sets */
    public static void stack(Context ctx, Set<String> configKeys) {
        deploy(ctx, PipelineSettings.from(ctx.config(), ctx.stackName(), configKeys));
    }

    public static void deploy(Context ctx, PipelineSettings settings) {
        Workflow.check(settings);
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

        ctx.export("state_machine_arn", workflow.stateMachineArn());
        ctx.export("live_alias_arn", release.aliasArn());
        ctx.export("data_bucket", lake.dataBucket());
        ctx.export("extraction_function", extract.name());
        ctx.export("transformation_job", transform.name());
        ctx.export("failure_topic", workflow.failureTopicArn());
        operations.alarmTopicArn().ifPresent(arn -> ctx.export("alarm_topic", arn));
        Registration.await(workflow.stateMachineArn());
    }
}
