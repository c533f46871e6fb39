package dataprep.asl;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws a definition as a Mermaid flowchart: choices as diamonds, scopes as boxes, catchers as dashed arrows.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Flowcharts</a>
 */
final class Flowchart {

    private static final String INDENT = "    ";
    private static final String PLAIN_SHAPE = "[\"%s\"]";
    private static final Map<Class<? extends State>, String> SHAPES =
            Map.of(Choice.class, "{\"%s\"}", Succeed.class, "([\"%s\"])", Fail.class, "{{\"%s\"}}");

    private final StringBuilder text = new StringBuilder();

    private Flowchart() {}

    static String of(StateMachine machine) {
        Flowchart chart = new Flowchart();
        chart.line("", "flowchart TD");
        chart.line(INDENT, "start((\" \")) --> %s", id(machine.branch().startAt()));
        chart.branch(INDENT, machine.branch());
        if (machine.branch().entries().stream().anyMatch(entry -> canBeTheLast(entry.state()))) {
            chart.line(INDENT, "stop(((\" \")))");
            machine.branch().entries().stream()
                    .filter(entry -> canBeTheLast(entry.state()))
                    .forEach(entry -> chart.line(INDENT, "%s --> stop", id(entry.name())));
        }
        return chart.text.toString();
    }

    /** Whether the execution ends with a state whose shape does not show that it is an end. */
    private static boolean canBeTheLast(State state) {
        return !SHAPES.containsKey(state.getClass())
                && state.transitions().stream().anyMatch(Transition::ends);
    }

    private void branch(String indent, Branch branch) {
        branch.entries().forEach(entry -> node(indent, entry.name(), entry.state()));
        branch.entries()
                .forEach(entry -> entry.state().transitions().stream()
                        .filter(transition -> transition.target() != null)
                        .forEach(transition -> line(
                                indent, "%s %s %s", id(entry.name()), arrow(transition), id(transition.target()))));
    }

    private void node(String indent, String name, State state) {
        String label = state.caption().isEmpty() ? escaped(name) : escaped(name) + "<br/>" + escaped(state.caption());
        if (state.scopes().isEmpty()) {
            line(
                    indent,
                    "%s%s",
                    id(name),
                    SHAPES.getOrDefault(state.getClass(), PLAIN_SHAPE).formatted(label));
            return;
        }
        line(indent, "subgraph %s[\"%s\"]", id(name), label);
        state.scopes().forEach(scope -> branch(indent + INDENT, scope.branch()));
        line(indent, "end");
    }

    private static String arrow(Transition transition) {
        String label = transition.label().isEmpty() ? "" : "|\"" + escaped(transition.label()) + "\"|";
        return (transition.kind() == Transition.Kind.CATCH ? "-.->" : "-->") + label;
    }

    /** Returns the id of a Mermaid node for a name. Mermaid's keywords are all in lower case. */
    private static String id(String name) {
        if (name.matches("[A-Z][A-Za-z0-9]*")) {
            return name;
        }
        return "s_" + name.codePoints().mapToObj(Flowchart::idCharacter).collect(Collectors.joining());
    }

    private static String idCharacter(int character) {
        boolean allowed = character < 128 && Character.isLetterOrDigit(character);
        return allowed ? Character.toString(character) : "_" + Integer.toHexString(character) + "_";
    }

    /** Escapes Mermaid's syntax characters in a label as entities. */
    private static String escaped(String label) {
        return label.replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("`", "#96;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replaceAll("\\s+", " ");
    }

    private void line(String indent, String format, Object... values) {
        text.append(indent).append(format.formatted(values)).append('\n');
    }
}
