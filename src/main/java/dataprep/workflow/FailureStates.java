package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Errors;
import dataprep.asl.Fail;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.asl.Task;
import dataprep.settings.MonitoringSettings;
import java.util.List;

/** Handles every failure: publishes a message to the topic, then fails the run; reads the variable {@code failure}. */
record FailureStates(MonitoringSettings monitoring, ResourceNames resources) {
    static final String FIRST = "NotifyFailure";
    static final String VARIABLE = "failure";
    private static final String LAST = "PipelineFailed";
    /** Two causes and their names fit in the 32,768 characters of a Fail state's cause. */
    static final String CAUSE = "$substring($states.errorOutput.Cause, 0, 16000)";

    /** Catches all errors of a state that its retriers did not resolve. */
    static Catch from(String state) {
        return assigning(state).next(FIRST);
    }

    /** The same catcher, for a state whose failure path has other states first. */
    static Catch assigning(String state) {
        var error = Jsonata.of("$states.errorOutput.Error");
        var cause = Jsonata.of(CAUSE);
        return Catch.all().assign(VARIABLE, failure(state, error, cause));
    }

    /** The failure that the message and the run's error report; each part is a text or an expression. */
    static Payload failure(String state, Object error, Object cause) {
        return Payload.with("state", state).and("error", error).and("cause", cause);
    }

    StateMachine addTo(StateMachine machine) {
        var messages = new Messages(monitoring, resources);
        var next = monitoring.webhook() ? "PostFailure" : LAST;
        var extended = machine.state(FIRST, notifyFailure(messages, next));
        if (monitoring.webhook()) {
            var post = new OperationsStates(monitoring, resources).post(messages.failureSubject(), messages.failure());
            extended =
                    extended.state(next, post.catching(Catch.all().next(LAST)).next(LAST));
        }
        return extended.state(LAST, pipelineFailed());
    }

    private Task notifyFailure(Messages messages, String next) {
        return Task.snsPublish(resources.failureTopicArn())
                .argument("Subject", messages.failureSubject())
                .argument("Message", messages.failure())
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(Retries.of(List.of(Errors.TASK_FAILED)))
                .assign("ending", RunFailure.SUFFIX)
                .catching(Catch.all().assign("ending", RunFailure.UNANNOUNCED).next(next))
                .next(next);
    }

    /** Names the error after the state: a reserved name such as States.Timeout cannot be a Fail state's own. */
    private Fail pipelineFailed() {
        return Fail.error(Jsonata.text(Jsonata.of("$failure.state"), Jsonata.of("$ending")))
                .cause(Jsonata.text(Jsonata.of("$failure.error"), RunFailure.SEPARATOR, Jsonata.of("$failure.cause")));
    }
}
