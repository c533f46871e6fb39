package dataprep.cli;

import dataprep.asl.Catch;
import dataprep.asl.Jsonata;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Executes one task by a state machine of its own, with the role of the stack's state machine.
 *
 * @param name the beginning of the state machine's name
 */
record Probe(SfnClient stepFunctions, String name, String roleArn) {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    static final String SUCCEEDED = "succeeded";

    static Probe of(AcceptanceStack stack) {
        var stepFunctions = stack.aws().stepFunctions();
        var role = stepFunctions
                .describeStateMachine(request -> request.stateMachineArn(stack.output("state_machine_arn")))
                .roleArn();
        return new Probe(stepFunctions, stack.name(), role);
    }

    /** What became of the task: {@link #SUCCEEDED}, the error that was caught and its cause, or how the execution failed. */
    String run(Task task) throws InterruptedException {
        var arn = stepFunctions
                .createStateMachine(request -> request.name("%s-probe-%s"
                                .formatted(name, UUID.randomUUID().toString().substring(0, 8)))
                        .definition(definition(task).toJson())
                        .roleArn(roleArn))
                .stateMachineArn();
        try {
            var end = Execution.start(stepFunctions, arn, "{}").follow(event -> {}, () -> {}, INTERVAL);
            return end.status() == ExecutionStatus.SUCCEEDED
                    ? end.output().replaceAll("^\"|\"$", "")
                    : "%s %s".formatted(end.status(), end.error());
        } finally {
            stepFunctions.deleteStateMachine(request -> request.stateMachineArn(arn));
        }
    }

    private static StateMachine definition(Task task) {
        var caught = Jsonata.of("$states.errorOutput.Error & ' caught: ' & $states.errorOutput.Cause");
        return StateMachine.startAt("Call")
                .state(
                        "Call",
                        task.output(SUCCEEDED)
                                .catching(Catch.all().output(caught).next("Caught"))
                                .end())
                .state("Caught", Succeed.create());
    }
}
