package dataprep;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import dataprep.components.Catalog;
import dataprep.components.ChatWebhook;
import dataprep.components.DeadLetters;
import dataprep.components.ExtractFunction;
import dataprep.components.FailureTopic;
import dataprep.components.Foundation;
import dataprep.components.Lineage;
import dataprep.components.Operations;
import dataprep.components.PreparedDataset;
import dataprep.components.Queries;
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
        var foundation = Foundation.of(settings);
        var extract = new ExtractFunction("extractFunction", foundation);
        var transform = new TransformJob("transformJob", foundation);
        var catalog = new Catalog("catalog", foundation);
        var queries = new Queries("queries", foundation, catalog);
        var failures = new FailureTopic(
                "failures",
                new FailureTopic.Args("", settings.alertEmail(), foundation),
                ComponentResourceOptions.Empty);
        var chat = settings.operations().webhook().map(webhook -> new ChatWebhook("chat", webhook, foundation));
        var deadLetters = DeadLetters.ifNeeded("startDeadLetters", foundation);
        var shared = new PreparedDataset.Shared(extract, transform, catalog, queries, failures, deadLetters, chat);
        var datasets = PreparedDataset.all(shared, foundation);
        var operations = new Operations(
                "operations", new Operations.Args(extract, transform, deadLetters, datasets), foundation);

        new Lineage("lineage", datasets, catalog, foundation);

        var first = datasets.get(0);
        var outputs = new TreeMap<String, Output<?>>();
        outputs.put("state_machine_arn", first.stateMachineArn());
        outputs.put("live_alias_arn", first.aliasArn());
        outputs.put("state_machine_arns", PreparedDataset.byName(datasets, PreparedDataset::stateMachineArn));
        outputs.put("datasets", PreparedDataset.byName(datasets, PreparedDataset::description));
        outputs.put("data_bucket", foundation.data().name());
        outputs.put("extraction_function", extract.name());
        outputs.put("transformation_job", transform.name());
        outputs.put("failure_topic", failures.arn());
        operations.alarmTopicArn().ifPresent(arn -> outputs.put("alarm_topic", arn));
        return outputs;
    }
}
