package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.asl.Expressions;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Executes states as Step Functions does, up to the calls of services that they wait for.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html">The language</a>
 */
final class Interpreter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Definition definition;
    private final Expressions expressions = new Expressions();
    private final Bindings bindings;

    Interpreter(Definition definition) {
        this.definition = definition;
        this.bindings = new Bindings(definition);
    }

    /** A frame at the start of a scope. */
    private Frame enterScope(String scope, JsonNode input, JsonNode map, Map<String, JsonNode> visible) {
        var frame = new Frame(scope, map, visible);
        enter(frame, definition.startOf(scope), input);
        return frame;
    }

    Frame begin(JsonNode input, ObjectNode context) {
        var frame = enterScope("", input, null, Map.of());
        run(frame, context);
        return frame;
    }

    /** The call at a path of branches has ended: with a result, or, if the result is null, with a failure. */
    void end(Frame root, int[] path, JsonNode result, Failure failure, ObjectNode context) {
        at(root, path, 0, context, frame -> {
            if (failure == null) {
                complete(frame, result, context);
            } else {
                fail(frame, failure, context);
            }
        });
    }

    /** An unsuccessful execution resumes where it failed or was aborted; branches that succeeded keep their results. */
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
                fail(frame, new Failure(ErrorHandlers.QUERY_EVALUATION, e.getMessage()), context);
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
                frame.failure = new Failure(
                        expressions.template(state.path("Error"), values).asText(),
                        expressions.template(state.path("Cause"), values).asText());
            case "Parallel" -> fork(frame, state, values);
            case "Map" -> iterate(frame, state, context, values);
            default -> throw new IllegalStateException("a state of type " + state.path("Type"));
        }
        if (frame.branches != null) {
            frame.branches.forEach(branch -> run(branch, context));
            join(frame, context);
        }
    }

    /** What a Wait waits for, as a call has its arguments. */
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

    private void fork(Frame frame, JsonNode state, Map<String, Object> values) {
        var input = state.has("Arguments") ? expressions.template(state.path("Arguments"), values) : frame.input;
        frame.branches = new ArrayList<>();
        for (int i = 0; i < state.path("Branches").size(); i++) {
            var scope = Definition.branch(frame.scope, frame.state, i);
            frame.branches.add(enterScope(scope, input, frame.map, frame.variables));
        }
    }

    /** All items at once: what a limit of concurrency would forbid is explored, too. */
    private void iterate(Frame frame, JsonNode state, ObjectNode context, Map<String, Object> values) {
        var items = state.has("Items") ? expressions.template(state.path("Items"), values) : frame.input;
        frame.branches = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            var map = JSON.objectNode();
            map.putObject("Item").put("Index", i).set("Value", items.get(i));
            var selecting = new Frame(frame.scope, map, frame.variables);
            selecting.state = frame.state;
            selecting.input = frame.input;
            var input = state.has("ItemSelector")
                    ? expressions.template(state.path("ItemSelector"), bindings.of(selecting, context))
                    : items.get(i);
            var scope = Definition.iteration(frame.scope, frame.state);
            frame.branches.add(enterScope(scope, input, map, frame.variables));
        }
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
            fail(frame, new Failure(ErrorHandlers.QUERY_EVALUATION, e.getMessage()), context);
        }
    }

    /** Goes where the state's Catch says, or ends the scope; what waits below it is given up. */
    private void fail(Frame frame, Failure failure, ObjectNode context) {
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
            enter(frame, going.path("Next").asText(), output);
        } else {
            frame.output = output;
        }
    }

    private void enter(Frame frame, String state, JsonNode input) {
        frame.state = state;
        frame.input = definition.readsInput(frame.scope, state) ? input : JSON.objectNode();
        frame.variables.keySet().retainAll(definition.variablesFrom(frame.scope, state));
    }
}
