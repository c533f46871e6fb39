package dataprep.cli.acceptance;

import dataprep.asl.Catch;
import dataprep.asl.Jsonata;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Executes one task in a temporary state machine. */
record Probe(AcceptanceStack stack) {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** The result of the task: the caught error and its cause, its success, or the failure of the execution. */
    String run(Task task) throws InterruptedException {
        var name = "%s-probe-%s"
                .formatted(stack.name(), UUID.randomUUID().toString().substring(0, 8));
        try (var machine = TemporaryStateMachine.create(stack, name, definition(task))) {
            var end = machine.start().follow(event -> {}, () -> {}, INTERVAL);
            return end.status() == ExecutionStatus.SUCCEEDED
                    ? end.output().replaceAll("^\"|\"$", "")
                    : "%s %s".formatted(end.status(), end.error());
        }
    }

    private static StateMachine definition(Task task) {
        var caught = Jsonata.of("$states.errorOutput.Error & ' caught: ' & $states.errorOutput.Cause");
        return StateMachine.startAt("Call")
                .state(
                        "Call",
                        task.output("succeeded")
                                .catching(Catch.all().output(caught).next("Caught"))
                                .end())
                .state("Caught", Succeed.create());
    }
}
