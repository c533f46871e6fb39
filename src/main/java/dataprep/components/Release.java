package dataprep.components;

import com.pulumi.aws.sfn.Alias;
import com.pulumi.aws.sfn.AliasArgs;
import com.pulumi.aws.sfn.inputs.AliasRoutingConfigurationArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.Statement;
import dataprep.settings.DatasetSettings;
import dataprep.settings.ReleaseSettings;
import dataprep.workflow.ResourceNames;
import java.util.List;
import java.util.Map;

/** The alias that starts runs, and the workflow versions that it routes to. */
public final class Release extends ComponentResource {
    private static final int ALL = 100;

    private final Output<String> stateMachineArn;
    private final Output<String> aliasArn;

    /** A version and its percentage of the executions. */
    record Route(String versionArn, int percent) {}

    /** The data set and its state machine. */
    record Args(DatasetSettings dataset, Workflow workflow) {}

    Release(String name, Args args, ComponentResourceOptions options) {
        super("dataprep:index:Release", name, options);
        var dataset = args.dataset();
        var workflow = args.workflow();
        var alias = new Alias(
                dataset.resource(ResourceNames.LIVE),
                AliasArgs.builder()
                        .name(ResourceNames.LIVE)
                        .description("The live version of the data preparation")
                        .routingConfigurations(workflow.versionArn()
                                .applyValue(newest -> routes(dataset.release(), newest).stream()
                                        .map(Release::routing)
                                        .toList()))
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        this.stateMachineArn = workflow.stateMachineArn();
        this.aliasArn = alias.arn();
        registerOutputs(Map.of("aliasArn", aliasArn));
    }

    /** The alias ARN, by which executions are started. */
    Output<String> aliasArn() {
        return aliasArn;
    }

    /** The permission to start executions by the alias only. */
    Output<Statement> start() {
        return stateMachineArn.applyValue(Release::start);
    }

    /** https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html: an alias has no ARN for IAM. */
    static Statement start(String stateMachineArn) {
        return Statement.allow("states:StartExecution")
                .on(stateMachineArn)
                .when("ForAnyValue:StringEquals", "states:StateMachineQualifier", ResourceNames.LIVE);
    }

    /** @param newestVersionArn ends in the version's number */
    static List<Route> routes(ReleaseSettings settings, String newestVersionArn) {
        var machine = newestVersionArn.substring(0, newestVersionArn.lastIndexOf(':') + 1);
        var chosen = settings.version() == 0 ? newestVersionArn : machine + settings.version();
        // Step Functions rejects a routing configuration that has a version twice
        if (settings.newestPercent() == 0 || chosen.equals(newestVersionArn)) {
            return List.of(new Route(chosen, ALL));
        }
        return List.of(
                new Route(chosen, ALL - settings.newestPercent()),
                new Route(newestVersionArn, settings.newestPercent()));
    }

    private static AliasRoutingConfigurationArgs routing(Route route) {
        return AliasRoutingConfigurationArgs.builder()
                .stateMachineVersionArn(route.versionArn())
                .weight(route.percent())
                .build();
    }
}
