package dataprep.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** One execution of the state machine; its name is the run's id. */
final class Execution {
    private final SfnClient stepFunctions;
    private final String arn;

    private Execution(SfnClient stepFunctions, String arn) {
        this.stepFunctions = stepFunctions;
        this.arn = arn;
    }

    /** @param force whether to run although nothing has changed since the last publish */
    static Execution start(SfnClient stepFunctions, String stateMachineArn, boolean force) {
        var response = stepFunctions.startExecution(request -> request.stateMachineArn(stateMachineArn)
                .name(UUID.randomUUID().toString())
                .input("{\"force\": %s}".formatted(force)));
        return new Execution(stepFunctions, response.executionArn());
    }

    static Execution named(SfnClient stepFunctions, String stateMachineArn, String name) {
        return new Execution(stepFunctions, stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name);
    }

    /** @throws CommandFailure if the state machine was never started */
    static Execution latest(SfnClient stepFunctions, String stateMachineArn) {
        return stepFunctions
                .listExecutions(
                        request -> request.stateMachineArn(stateMachineArn).maxResults(1))
                .executions()
                .stream()
                .findFirst()
                .map(item -> new Execution(stepFunctions, item.executionArn()))
                .orElseThrow(() -> new CommandFailure("no execution of " + stateMachineArn + " was ever started"));
    }

    String runId() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    /**
     * Hands over every event of the history, in order and as it comes, until the execution ends.
     *
     * @param tick called after each look, for a display to move on
     */
    DescribeExecutionResponse follow(Consumer<HistoryEvent> listener, Runnable tick, Duration interval)
            throws InterruptedException {
        long seen = 0;
        while (true) {
            var description = stepFunctions.describeExecution(request -> request.executionArn(arn));
            for (var event : history()) {
                if (event.id() > seen) {
                    seen = event.id();
                    listener.accept(event);
                }
            }
            tick.run();
            if (description.status() != ExecutionStatus.RUNNING
                    && description.status() != ExecutionStatus.PENDING_REDRIVE) {
                return description;
            }
            Thread.sleep(interval.toMillis());
        }
    }

    private List<HistoryEvent> history() {
        var events = new ArrayList<HistoryEvent>();
        stepFunctions
                .getExecutionHistoryPaginator(
                        request -> request.executionArn(arn).includeExecutionData(false))
                .events()
                .forEach(events::add);
        return events;
    }
}
