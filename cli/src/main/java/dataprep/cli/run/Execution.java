package dataprep.cli.run;

import dataprep.cli.exit.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** One execution of the state machine; its name is the run's id. */
public final class Execution {
    private final SfnClient stepFunctions;
    private final String arn;

    private Execution(SfnClient stepFunctions, String arn) {
        this.stepFunctions = stepFunctions;
        this.arn = arn;
    }

    /** @param input as JSON */
    public static Execution start(SfnClient stepFunctions, String stateMachineArn, String input) {
        var response = stepFunctions.startExecution(request -> request.stateMachineArn(stateMachineArn)
                .name(UUID.randomUUID().toString())
                .input(input));
        return new Execution(stepFunctions, response.executionArn());
    }

    public static Execution named(SfnClient stepFunctions, String stateMachineArn, String name) {
        return new Execution(stepFunctions, stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name);
    }

    /** @throws CommandFailure if the state machine was never started */
    public static Execution latest(SfnClient stepFunctions, String stateMachineArn) {
        return stepFunctions
                .listExecutions(
                        request -> request.stateMachineArn(stateMachineArn).maxResults(1))
                .executions()
                .stream()
                .findFirst()
                .map(item -> new Execution(stepFunctions, item.executionArn()))
                .orElseThrow(() -> CommandFailure.usage("no execution of " + stateMachineArn + " has been started"));
    }

    public String arn() {
        return arn;
    }

    public String runId() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    /**
     * @throws CommandFailure if the run does not exist
     */
    public DescribeExecutionResponse describe() {
        try {
            return stepFunctions.describeExecution(request -> request.executionArn(arn));
        } catch (ExecutionDoesNotExistException e) {
            throw noSuchRun();
        }
    }

    /**
     * The whole history, in order.
     *
     * @throws CommandFailure if there is no such run
     */
    public List<HistoryEvent> history() {
        var events = new ArrayList<HistoryEvent>();
        try {
            stepFunctions
                    .getExecutionHistoryPaginator(request -> request.executionArn(arn))
                    .events()
                    .forEach(events::add);
        } catch (ExecutionDoesNotExistException e) {
            throw noSuchRun();
        }
        return events;
    }

    private CommandFailure noSuchRun() {
        return CommandFailure.usage("no run is named '%s'; `list` shows the existing runs".formatted(runId()));
    }

    /**
     * Whether a redrive can resume from the failed state. It cannot if the execution ended in a Fail state, which would
     * fail again.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html">Redrive</a>
     */
    public boolean canBeRedriven() {
        if (describe().redriveStatus() != ExecutionRedriveStatus.REDRIVABLE) {
            return false;
        }
        return history().stream().noneMatch(event -> event.typeAsString().equals("FailStateEntered"));
    }

    /** Redrives the execution from the failed state. */
    public void redrive() {
        stepFunctions.redriveExecution(request -> request.executionArn(arn));
    }

    /**
     * Passes every history event to the listener, in order and as it arrives, until the execution ends.
     *
     * @param tick called after each poll, to update a display
     */
    public DescribeExecutionResponse follow(Consumer<HistoryEvent> listener, Runnable tick, Duration interval)
            throws InterruptedException {
        long seen = 0;
        while (true) {
            var description = describe();
            for (var event : history()) {
                if (event.id() > seen) {
                    seen = event.id();
                    listener.accept(event);
                }
            }
            tick.run();
            if (hasEnded(description)) {
                return description;
            }
            Thread.sleep(interval.toMillis());
        }
    }

    public static boolean hasEnded(DescribeExecutionResponse description) {
        return description.status() != ExecutionStatus.RUNNING
                && description.status() != ExecutionStatus.PENDING_REDRIVE;
    }
}
