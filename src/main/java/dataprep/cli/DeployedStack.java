package dataprep.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.OutputValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A stack that is deployed, as the command line uses it: its outputs and the APIs to reach what they name. */
final class DeployedStack implements AutoCloseable {
    private static final Duration LOCAL_INTERVAL = Duration.ofMillis(200);
    private static final Duration CLOUD_INTERVAL = Duration.ofSeconds(2);

    private final AwsClients clients;
    private final String stateMachineArn;
    private final String dataBucket;
    private final Duration interval;
    private final String whereLogsLie;

    private DeployedStack(
            AwsClients clients, String stateMachineArn, String dataBucket, Duration interval, String whereLogsLie) {
        this.clients = clients;
        this.stateMachineArn = stateMachineArn;
        this.dataBucket = dataBucket;
        this.interval = interval;
        this.whereLogsLie = whereLogsLie;
    }

    static DeployedStack local(Map<String, OutputValue> outputs, LocalAws.Endpoint endpoint, Path state) {
        return new DeployedStack(
                AwsClients.local(endpoint),
                output(outputs, "state_machine_arn"),
                output(outputs, "data_bucket"),
                LOCAL_INTERVAL,
                state.resolve("log").toString());
    }

    static DeployedStack cloud(Map<String, OutputValue> outputs) {
        var stateMachineArn = output(outputs, "state_machine_arn");
        return new DeployedStack(
                AwsClients.cloud(stateMachineArn),
                stateMachineArn,
                output(outputs, "data_bucket"),
                CLOUD_INTERVAL,
                "CloudWatch Logs, in the log groups of the stack");
    }

    /** @param state the local AWS's folder, asked only for the local stack */
    static DeployedStack open(String stack, Path state) throws AutomationException, IOException {
        if (!stack.equals(Stack.LOCAL)) {
            return cloud(Stack.deployed(stack).getOutputs());
        }
        var endpoint = LocalAws.running(state).orElseThrow(DeployedStack::noLocalAws);
        return local(Stack.local(state, endpoint).getOutputs(), endpoint, state);
    }

    static CommandFailure noLocalAws() {
        return new CommandFailure("no local AWS is up; `make up` starts one and keeps it");
    }

    Execution start(boolean force) {
        return Execution.start(clients.stepFunctions(), stateMachineArn, force);
    }

    Execution execution(String nameOrNull) {
        return nameOrNull == null
                ? Execution.latest(clients.stepFunctions(), stateMachineArn)
                : Execution.named(clients.stepFunctions(), stateMachineArn, nameOrNull);
    }

    /**
     * Follows an execution to its end and shows what it did.
     *
     * @throws CommandFailure if it did not succeed
     */
    void follow(Execution execution, PrintStream out) throws InterruptedException, IOException {
        var progress = new Progress(out, System.console() != null);
        out.printf("Run %s%n", execution.runId());
        DescribeExecutionResponse end;
        try {
            end = execution.follow(progress::show, progress::tick, interval);
        } finally {
            progress.close();
        }
        var outcome = new Outcome(clients.s3(), dataBucket, out);
        if (foundNothingToDo(end)) {
            out.println("\nNothing to do: neither a source nor the recipe has changed since the last publish.");
        } else {
            outcome.showReport(execution.runId());
        }
        if (end.status() != ExecutionStatus.SUCCEEDED) {
            throw new CommandFailure(Failure.of(end).text(whereLogsLie));
        }
        outcome.showPublished();
    }

    private static boolean foundNothingToDo(DescribeExecutionResponse end) throws IOException {
        return end.status() == ExecutionStatus.SUCCEEDED
                && !new ObjectMapper().readTree(end.output()).path("published").asBoolean();
    }

    @Override
    public void close() {
        clients.close();
    }

    private static String output(Map<String, OutputValue> outputs, String name) {
        var value = outputs.get(name);
        if (value == null) {
            throw new CommandFailure("the stack has no output '" + name + "': it is not deployed");
        }
        return value.value().toString();
    }
}
