package dataprep;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
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
import dataprep.pulumi.CommonPool;
import dataprep.pulumi.Pace;
import dataprep.settings.Configuration;
import dataprep.settings.PipelineSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The Pulumi program: a data preparation that Step Functions coordinates. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        CommonPool.makeRoom();
        // while the SDK connects to the engine
        var settings = CompletableFuture.supplyAsync(() -> checked(Configuration.ofProcess()));
        Pulumi.run(ctx -> deploy(ctx, joined(settings)));
    }

    /** @param configKeys the names of all keys that the stack's configuration sets */
    public static void stack(Context ctx, Set<String> configKeys) {
        deploy(ctx, checked(Configuration.of(ctx, configKeys)));
    }

    private static PipelineSettings checked(Configuration configuration) {
        var settings = PipelineSettings.from(configuration);
        Workflow.check(settings);
        ExtractFunction.check(settings);
        return settings;
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RunException refusal ? refusal : e;
        }
    }

    public static void deploy(Context ctx, PipelineSettings settings) {
        var pace = Pace.begin();
        Map<String, Output<?>> outputs = Map.of();
        try {
            outputs = resources(settings);
            outputs.forEach(ctx::export);
        } finally {
            pace.until(outputs.values());
        }
    }

    /** Registers all resources; the stack's outputs. */
    private static Map<String, Output<?>> resources(PipelineSettings settings) {
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
