package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.asl.Expressions;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Executes states like Step Functions, up to the next service calls.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html">The language</a>
 */
final class Interpreter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ExecutableDefinition definition;
    private final Expressions expressions = new Expressions();
    private final Bindings bindings;
    private final Scopes scopes;

    Interpreter(ExecutableDefinition definition) {
        this.definition = definition;
        this.bindings = new Bindings(definition);
        this.scopes = new Scopes(definition, expressions, bindings);
    }

    Frame begin(JsonNode input, ObjectNode context) {
        var frame = scopes.open("", input, null, Map.of());
        run(frame, context);
        return frame;
    }

    /** Completes the call at a path of branches: with a result or, if it is null, with a failure. */
    void end(Frame root, int[] path, JsonNode result, StateFailure failure, ObjectNode context) {
        at(root, path, 0, context, frame -> {
            if (failure == null) {
                complete(frame, result, context);
            } else {
                fail(frame, failure, context);
            }
        });
    }

    /**
     * Redrives an unsuccessful execution: it resumes where it failed or was aborted; successful branches keep their
     * results.
     */
    void redrive(Frame frame, ObjectNode context) {
        if (frame.output != null) {
            return;
        }
        frame.failure = null;
        if (frame.branches == null) {
            frame.leaveState();
        } else {
            frame.branches.forEach(branch -> redrive(branch, context));
            join(frame, context);
        }
        run(frame, context);
    }

    private void at(Frame frame, int[] path, int depth, ObjectNode context, Consumer<Frame> action) {
        if (depth == path.length) {
            action.accept(frame);
        } else {
            at(frame.branches.get(path[depth]), path, depth + 1, context, action);
            join(frame, context);
        }
        run(frame, context);
    }

    private void run(Frame frame, ObjectNode context) {
        while (!frame.isWaiting()) {
            try {
                execute(frame, definition.state(frame.scope, frame.state), context);
            } catch (Expressions.EvaluationException e) {
                fail(frame, new StateFailure(ErrorHandlers.QUERY_EVALUATION, e.getMessage()), context);
            }
        }
    }

    private void execute(Frame frame, JsonNode state, ObjectNode context) {
        var values = bindings.of(frame, context);
        switch (state.path("Type").asText()) {
            case "Task" -> frame.call = expressions.template(state.path("Arguments"), values);
            case "Wait" -> frame.call = time(state, values);
            case "Choice" -> choose(frame, state, values);
            case "Pass", "Succeed" -> leave(frame, state, state, frame.input, values);
            case "Fail" ->
                frame.failure = new StateFailure(
                        expressions.template(state.path("Error"), values).asText(),
                        expressions.template(state.path("Cause"), values).asText());
            case "Parallel" -> frame.branches = scopes.branches(frame, state, values);
            case "Map" -> frame.branches = scopes.iterations(frame, state, context, values);
            default -> throw new IllegalStateException("a state of type " + state.path("Type"));
        }
        if (frame.branches != null) {
            frame.branches.forEach(branch -> run(branch, context));
            join(frame, context);
        }
    }

    /** The duration of a Wait, in the form of a call's arguments. */
    private JsonNode time(JsonNode state, Map<String, Object> values) {
        var time = JSON.objectNode();
        for (var field : new String[] {"Seconds", "Timestamp"}) {
            if (state.has(field)) {
                time.set(field, expressions.template(state.path(field), values));
            }
        }
        return time;
    }

    private void choose(Frame frame, JsonNode state, Map<String, Object> values) {
        for (var rule : state.path("Choices")) {
            if (expressions.template(rule.path("Condition"), values).asBoolean()) {
                leave(frame, rule, rule, frame.input, values);
                return;
            }
        }
        leave(frame, state, JSON.objectNode().set("Next", state.path("Default")), frame.input, values);
    }

    /** Ends a Parallel or a Map once a branch has failed or all have succeeded. */
    private void join(Frame frame, ObjectNode context) {
        var results = JSON.arrayNode();
        for (var branch : frame.branches) {
            if (branch.failure != null) {
                fail(frame, branch.failure, context);
                return;
            }
            if (branch.output != null) {
                results.add(branch.output);
            }
        }
        if (results.size() == frame.branches.size()) {
            complete(frame, results, context);
        }
    }

    private void complete(Frame frame, JsonNode result, ObjectNode context) {
        var state = definition.state(frame.scope, frame.state);
        try {
            var output = state.path("Type").asText().equals("Wait") ? frame.input : result;
            leave(frame, state, state, output, bindings.of(frame, context, "result", result));
        } catch (Expressions.EvaluationException e) {
            fail(frame, new StateFailure(ErrorHandlers.QUERY_EVALUATION, e.getMessage()), context);
        }
    }

    /** Follows the state's Catch or ends the scope, and aborts all nested calls. */
    private void fail(Frame frame, StateFailure failure, ObjectNode context) {
        var state = definition.state(frame.scope, frame.state);
        var catcher = ErrorHandlers.catcher(state, failure.error());
        if (frame.branches != null && state.has("Retry")) {
            throw new UnsupportedOperationException("Retry of " + frame.state + ": only that of a Task is modelled");
        }
        if (catcher.isEmpty()) {
            frame.failure = failure;
            return;
        }
        var output = JSON.objectNode().put("Error", failure.error()).put("Cause", failure.cause());
        leave(frame, catcher.get(), catcher.get(), output, bindings.of(frame, context, "errorOutput", output));
    }

    private void leave(Frame frame, JsonNode giving, JsonNode going, JsonNode unlessGiven, Map<String, Object> values) {
        var assigned = expressions.template(giving.path("Assign"), values);
        var output = giving.has("Output") ? expressions.template(giving.path("Output"), values) : unlessGiven;
        assigned.properties().forEach(entry -> frame.variables.put(entry.getKey(), entry.getValue()));
        frame.leaveState();
        if (going.has("Next")) {
            scopes.enter(frame, going.path("Next").asText(), output);
        } else {
            frame.output = output;
        }
    }
}
