package dataprep.cli.acceptance;

import dataprep.asl.Jsonata;
import dataprep.asl.Pass;
import dataprep.asl.StateMachine;
import dataprep.asl.Wait;
import dataprep.cli.acceptance.AcceptanceReport.Finding;
import java.util.UUID;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * The events of executions that fail or time out outside the failure states, which a pipeline run cannot be made to do:
 * temporary state machines, and a rule that sends their events to the failure topic.
 */
public record UnannouncedEndings(AcceptanceStack stack, AcceptanceReport report, FailureTopicQueue queue) {
    private static final int LONGER = 60;
    private static final String PATTERN = """
            {"source": ["aws.states"], "detail-type": ["Step Functions Execution Status Change"],
             "detail": {"stateMachineArn": ["%s"], "status": ["%s"]}}""";

    public void check() throws InterruptedException {
        var waiting = StateMachine.startAt("Wait")
                .timeoutSeconds(1)
                .state("Wait", Wait.seconds(LONGER).end());
        var failing = StateMachine.startAt("Read")
                .state(
                        "Read",
                        Pass.create()
                                .output(Jsonata.of("$states.input.missing"))
                                .end());
        report.check(Assumption.TIMED_OUT_EVENT, () -> {
            var event = event(waiting, "TIMED_OUT");
            return Finding.of(event.contains("\"TIMED_OUT\""), event);
        });
        report.check(Assumption.FAILED_EVENT, () -> {
            var event = event(failing, "FAILED");
            return Finding.of(event.contains("\"States.QueryEvaluationError\""), event);
        });
    }

    /** The first event of an execution with that status; a new rule may take a minute to be effective. */
    private String event(StateMachine definition, String status) throws Exception {
        var events = stack.clients().events();
        var name = "%s-ending-%s"
                .formatted(stack.name(), UUID.randomUUID().toString().substring(0, 8));
        try (var machine = TemporaryStateMachine.create(stack, name, definition)) {
            events.putRule(request -> request.name(name).eventPattern(PATTERN.formatted(machine.arn(), status)));
            try {
                events.putTargets(request -> request.rule(name)
                        .targets(Target.builder()
                                .id(name)
                                .arn(stack.output("failure_topic"))
                                .build()));
                return stack.await(
                        () -> {
                            machine.start();
                            return queue.messages(machine.arn()).stream()
                                    .findFirst()
                                    .orElse("");
                        },
                        event -> !event.isEmpty());
            } finally {
                events.removeTargets(request -> request.rule(name).ids(name));
                events.deleteRule(request -> request.name(name));
            }
        }
    }
}
