package dataprep.asl.validation;

import static dataprep.asl.validation.JsonataAst.name;
import static dataprep.asl.validation.JsonataAst.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The variables, functions and fields that an expression refers to, found by walking its syntax tree with JSONata's
 * scoping rules.
 */
final class References {

    private static final String STATES = "states";
    private static final List<String> REFINEMENTS = List.of("predicate", "stages", "group");

    /** The state machines of one program have most of their expressions in common. */
    private static final Map<String, References> KNOWN = new ConcurrentHashMap<>();

    private final Set<String> variables = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final Set<List<String>> states = new LinkedHashSet<>();
    private final Set<String> contextless = new LinkedHashSet<>();
    private boolean defaultOperator;

    private References() {}

    static References of(String expression) throws JsonataAst.Malformed {
        References known = KNOWN.get(expression);
        if (known == null) {
            known = new References();
            known.walk(JsonataAst.parse(expression), new HashSet<>(), false);
            KNOWN.put(expression, known);
        }
        return known;
    }

    /** Names of the variables that are read, without {@code $states}; includes functions that are passed by name. */
    Set<String> variables() {
        return variables;
    }

    /** Names of the functions that are called but not defined in the expression. */
    Set<String> functions() {
        return functions;
    }

    /**
     * The fields of {@code $states} that are read, such as {@code [context, Map, Item]}, as far as they are constant.
     */
    Set<List<String>> states() {
        return states;
    }

    /** Fields that are read from a context although there is none. */
    Set<String> contextless() {
        return contextless;
    }

    /** Whether {@code ?:} or {@code ??} is used; the parser accepts them, but JSONata 2.0.6 does not have them. */
    boolean defaultOperator() {
        return defaultOperator;
    }

    /**
     * @param locals the names that the expression has bound so far; a binding adds to them
     * @param context whether there is a context value whose fields can be read by their bare names
     */
    private void walk(JsonNode node, Set<String> locals, boolean context) {
        switch (type(node)) {
            case "variable" -> variable(name(node), locals, context);
            case "function", "partial" -> call(node.path("procedure"), node.path("arguments"), locals, context);
            case "apply" -> {
                walk(node.path("lhs"), locals, context);
                call(node.path("rhs"), node.path("arguments"), locals, context);
            }
            case "bind" -> bind(node, locals, context);
            case "block" -> children(node, new HashSet<>(locals), context);
            case "lambda" -> {
                Set<String> inside = new HashSet<>(locals);
                node.path("arguments").forEach(parameter -> inside.add(name(parameter)));
                walk(node.path("body"), inside, context);
            }
            case "condition" -> {
                defaultOperator |= JsonataAst.isDefaultOperator(node);
                children(node, locals, context);
            }
            case "transform" -> children(node, locals, true);
            case "path" -> path(node.path("steps"), node, new HashSet<>(locals), context);
            case "name", "wildcard", "descendant" -> {
                if (!context) {
                    contextless.add(name(node));
                }
            }
            default -> children(node, locals, context);
        }
        if (!type(node).equals("path")) {
            refinements(node, locals);
        }
    }

    /** Filters and groupings, which see the value that they are applied to. */
    private void refinements(JsonNode node, Set<String> locals) {
        REFINEMENTS.forEach(refinement -> children(node.path(refinement), locals, true));
    }

    private void variable(String name, Set<String> locals, boolean context) {
        boolean isContext = name.isEmpty();
        boolean isRoot = name.equals("$");
        if (isRoot || isContext && !context) {
            contextless.add("$" + name);
        } else if (!isContext && !locals.contains(name)) {
            if (name.equals(STATES)) {
                states.add(List.of());
            } else {
                variables.add(name);
            }
        }
    }

    private void call(JsonNode procedure, JsonNode arguments, Set<String> locals, boolean context) {
        if (type(procedure).equals("variable")) {
            String name = name(procedure);
            if (!locals.contains(name)) {
                functions.add(name);
            }
        } else {
            walk(procedure, locals, context);
        }
        arguments.forEach(argument -> walk(argument, locals, context));
    }

    private void bind(JsonNode node, Set<String> locals, boolean context) {
        JsonNode value = node.path("rhs");
        // A function may call itself by the name that it is bound to; other values may not refer to themselves.
        if (type(value).equals("lambda")) {
            locals.add(name(node.path("lhs")));
        }
        walk(value, locals, context);
        locals.add(name(node.path("lhs")));
    }

    private void path(JsonNode steps, JsonNode path, Set<String> locals, boolean context) {
        boolean fromStates = type(steps.path(0)).equals("variable")
                && name(steps.path(0)).equals(STATES)
                && !locals.contains(STATES);
        if (fromStates) {
            states.add(constantNames(steps));
            refinements(steps.path(0), locals);
        }
        for (int i = fromStates ? 1 : 0; i < steps.size(); i++) {
            JsonNode step = steps.get(i);
            // Names bound by @$x and #$i are in scope in the step's own filters and in all later steps.
            addIfPresent(step.path("focus"), locals);
            addIfPresent(step.path("index"), locals);
            step.path("stages").forEach(stage -> addIfPresent(stage.path("value"), locals));
            walk(step, locals, context || i > 0);
        }
        refinements(path, locals);
    }

    private static void addIfPresent(JsonNode name, Set<String> locals) {
        if (name.isTextual()) {
            locals.add(name.textValue());
        }
    }

    private static List<String> constantNames(JsonNode steps) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < steps.size() && type(steps.get(i)).equals("name"); i++) {
            names.add(name(steps.get(i)));
        }
        return List.copyOf(names);
    }

    private void children(JsonNode node, Set<String> locals, boolean context) {
        if (node.isArray()) {
            node.forEach(element -> childOrChildren(element, locals, context));
        } else {
            node.properties().stream()
                    .filter(property -> !REFINEMENTS.contains(property.getKey()))
                    .forEach(property -> childOrChildren(property.getValue(), locals, context));
        }
    }

    private void childOrChildren(JsonNode child, Set<String> locals, boolean context) {
        if (child.isArray()) {
            children(child, locals, context);
        } else if (child.isObject()) {
            walk(child, locals, context);
        }
    }
}
