package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbered executions of one definition, with cached steps.
 *
 * <p>The next step of an execution depends only on its state and on the response of a call. The cache makes millions of
 * interleavings cheap, because only some thousand steps are distinct.
 */
final class Executions {
    /** The placeholder for the position of a call. */
    private static final int BEGIN = 255;

    private static final int ABORT = 254;
    private static final int REDRIVE = 253;
    /** The placeholder for the number of a result. */
    private static final int RETRY = (1 << 24) - 1;

    private final ExecutableDefinition definition;
    private final Interpreter interpreter;
    private final Interned<ModelExecution> executions =
            new Interned<>(execution -> Interned.canonical(execution.toJson()));
    private final Services services;
    private final Map<Long, Integer> steps = new HashMap<>();
    private final Map<Integer, String> forms = new HashMap<>();
    private final Map<Integer, List<Call>> calls = new HashMap<>();

    Executions(ExecutableDefinition definition, Services services) {
        this.definition = definition;
        this.interpreter = new Interpreter(definition);
        this.services = services;
    }

    int create(String name, JsonNode input) {
        return executions.number(ModelExecution.create(name, input));
    }

    int createEarlier(String name) {
        return executions.number(ModelExecution.createEarlier(name));
    }

    ModelExecution get(int number) {
        return executions.value(number);
    }

    /** The whole execution as text. */
    String form(int number) {
        return forms.computeIfAbsent(number, key -> Interned.canonical(get(key).toJson()));
    }

    int begin(int number) {
        return step(number, BEGIN, 0, () -> {
            var execution = get(number);
            return reached(execution, interpreter.begin(execution.input(), execution.context()));
        });
    }

    /**
     * @param resumable whether it may still be redriven; if not, its position is irrelevant
     */
    int abort(int number, boolean resumable) {
        return step(number, ABORT, resumable ? 1 : 0, () -> {
            var aborted = get(number).withStatus(ModelExecution.ABORTED);
            return resumable ? aborted : aborted.withoutFrame();
        });
    }

    int redrive(int number) {
        return step(number, REDRIVE, 0, () -> {
            var execution = get(number).redriven();
            interpreter.redrive(execution.frame(), execution.context());
            return reached(execution, execution.frame());
        });
    }

    /** The state retries the call. */
    int retry(int number, int call) {
        return step(number, call, RETRY, () -> {
            var execution = get(number);
            var root = execution.frame().copy();
            var frame = root;
            for (int index : calls(number).get(call).path()) {
                frame = frame.branches.get(index);
            }
            frame.tries++;
            return execution.at(root);
        });
    }

    /** The call at a position has ended with a result. */
    int end(int number, int call, int outcomeNumber) {
        return step(number, call, outcomeNumber, () -> {
            var outcome = services.outcomes.value(outcomeNumber);
            var execution = get(number);
            var ended = calls(number).get(call);
            if (outcome.succeeded() && ended.request().action().equals("sns:publish")) {
                execution = execution.hasMessaged();
            }
            var root = execution.frame().copy();
            interpreter.end(root, ended.path(), outcome.result(), outcome.failure(), execution.context());
            return reached(execution, root);
        });
    }

    /** A redrive of an execution that ended in a Fail state ends there again. */
    private ModelExecution reached(ModelExecution execution, Frame root) {
        var reached = execution.at(root);
        boolean inFailState = root.failure != null
                && definition
                        .state(root.scope, root.state)
                        .path("Type")
                        .asText()
                        .equals("Fail");
        return inFailState ? reached.withoutFrame() : reached;
    }

    /** The calls that a running execution waits for; empty for any other. */
    List<Call> calls(int number) {
        return calls.computeIfAbsent(number, key -> {
            var found = new ArrayList<Call>();
            var execution = get(number);
            if (execution.status().equals(ModelExecution.RUNNING)) {
                collect(execution, execution.frame(), new int[0], found);
            }
            return found;
        });
    }

    private void collect(ModelExecution execution, Frame frame, int[] path, List<Call> found) {
        if (frame.call != null && !frame.hasEnded()) {
            var state = definition.state(frame.scope, frame.state);
            var attempt = "%s-%d-%d%s"
                    .formatted(
                            execution.name(), execution.redrives(), frame.tries, execution.earlier() ? "-earlier" : "");
            var request = Request.of(state.path("Resource").asText(), frame.call, attempt);
            found.add(new Call(path, frame.state, state, request, services.requests.number(request), frame.tries));
        }
        for (int i = 0; frame.branches != null && i < frame.branches.size(); i++) {
            var below = Arrays.copyOf(path, path.length + 1);
            below[path.length] = i;
            collect(execution, frame.branches.get(i), below, found);
        }
    }

    private interface Step {
        ModelExecution take();
    }

    private int step(int number, int what, int with, Step step) {
        long key = (long) number << 32 | (long) what << 24 | with;
        var known = steps.get(key);
        if (known == null) {
            known = executions.number(step.take());
            steps.put(key, known);
        }
        return known;
    }
}
