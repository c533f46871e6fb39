package dataprep.cli.acceptance;

import com.pulumi.automation.AutomationException;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.OutputValue;
import com.pulumi.automation.WorkspaceStack;
import dataprep.cli.local.LocalAws;
import dataprep.cli.run.AwsClients;
import dataprep.cli.stack.DeployedDataset;
import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.DeploymentPrinter;
import dataprep.cli.stack.PulumiStacks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A newly deployed stack, with the clients that an acceptance needs.
 *
 * @param name of the project and the stack
 */
public record AcceptanceStack(
        String name,
        boolean local,
        WorkspaceStack workspace,
        Map<String, String> outputs,
        DeployedDataset deployed,
        Clients clients)
        implements AutoCloseable {
    private static final Duration AWS_PATIENCE = Duration.ofMinutes(15);
    private static final Duration LOCAL_PATIENCE = Duration.ofSeconds(20);
    private static final Duration AWS_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LOCAL_INTERVAL = Duration.ofMillis(200);

    record Clients(
            AwsClients aws,
            CloudWatchClient cloudWatch,
            EventBridgeClient events,
            GlueClient glue,
            SnsClient sns,
            SqsClient sqs)
            implements AutoCloseable {
        @Override
        public void close() {
            aws.close();
            cloudWatch.close();
            events.close();
            glue.close();
            sns.close();
            sqs.close();
        }
    }

    /**
     * Deploys the stack.
     *
     * @param state the local AWS's folder
     */
    public static AcceptanceStack deploy(String stack, Path state, PrintStream out)
            throws AutomationException, IOException {
        var name = PulumiStacks.qualified(stack);
        if (!stack.equals(PulumiStacks.LOCAL)) {
            var workspace = PulumiStacks.deployed(stack);
            var outputs = new DeploymentPrinter(out).up(workspace);
            var deployed = DeployedStack.cloud(stack, outputs, state).dataset(null);
            return new AcceptanceStack(name, false, workspace, texts(outputs), deployed, cloud(texts(outputs)));
        }
        var endpoint = DeployedStack.localEndpoint(state);
        var workspace = PulumiStacks.local(state, endpoint);
        var outputs = new DeploymentPrinter(out).up(workspace);
        var deployed = DeployedStack.local(outputs, endpoint, state).dataset(null);
        return new AcceptanceStack(name, true, workspace, texts(outputs), deployed, local(endpoint));
    }

    private static Map<String, String> texts(Map<String, OutputValue> outputs) {
        return outputs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, output -> output.getValue().value().toString()));
    }

    private static Clients local(LocalAws.Endpoint endpoint) {
        return new Clients(
                AwsClients.local(endpoint),
                endpoint.client(CloudWatchClient.builder()),
                endpoint.client(EventBridgeClient.builder()),
                endpoint.client(GlueClient.builder()),
                endpoint.client(SnsClient.builder()),
                endpoint.client(SqsClient.builder()));
    }

    private static Clients cloud(Map<String, String> outputs) {
        var arn = outputs.get("state_machine_arn");
        var region = Region.of(arn.split(":")[3]);
        return new Clients(
                AwsClients.cloud(arn),
                CloudWatchClient.builder().region(region).build(),
                EventBridgeClient.builder().region(region).build(),
                GlueClient.builder().region(region).build(),
                SnsClient.builder().region(region).build(),
                SqsClient.builder().region(region).build());
    }

    String output(String output) {
        return outputs.get(output);
    }

    AwsClients aws() {
        return clients.aws();
    }

    /** Whether a preview shows no change. */
    public boolean isUnchanged() throws AutomationException {
        return workspace.preview().changeSummary().keySet().equals(Set.of(OperationType.SAME));
    }

    /** Polls until the value matches or the time is over; returns the last value. */
    <T> T await(Callable<T> lookUp, Predicate<T> condition) throws Exception {
        var deadline = System.nanoTime() + (local ? LOCAL_PATIENCE : AWS_PATIENCE).toNanos();
        var found = lookUp.call();
        while (!condition.test(found) && System.nanoTime() < deadline) {
            Thread.sleep((local ? LOCAL_INTERVAL : AWS_INTERVAL).toMillis());
            found = lookUp.call();
        }
        return found;
    }

    @Override
    public void close() {
        clients.close();
        deployed.close();
    }
}
