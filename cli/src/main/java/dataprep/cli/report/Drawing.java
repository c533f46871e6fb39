package dataprep.cli.report;

import dataprep.cli.run.Visit;
import dataprep.cli.run.Visits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;

/** The drawing of the workflow: each state with its status, and the transitions, taken and not taken. */
record Drawing(long width, long height, Dot start, List<Box> boxes, List<Path> paths) {

    /**
     * @param data of the SVG path from the start
     */
    record Dot(double x, double y, String data) {}

    /**
     * A state's rectangle.
     *
     * @param step the index of its first row in the table of steps; empty if it was not entered
     * @param caption the second line: the time in the state or the type of the state
     */
    record Box(
            double x,
            double y,
            double width,
            double height,
            String name,
            String step,
            String caption,
            String sign,
            String spoken,
            String cssClass,
            boolean isScope) {
        double signX() {
            return x + 20;
        }

        double textX() {
            return x + (sign.isEmpty() ? 14 : 36);
        }

        double nameY() {
            return y + 20;
        }

        double captionY() {
            return y + 36;
        }

        double signY() {
            return y + 28;
        }
    }

    /** @param data of an SVG path */
    record Path(String data, String cssClass, String title) {}

    static Drawing of(DefinitionGraph definition, ReportInput facts, Visits.Found visits) {
        var layout = Layout.of(
                definition,
                facts.definition().path("StartAt").asText(),
                state -> caption(state, visits.of(state.name())));
        var boxes = new ArrayList<Box>();
        var paths = new ArrayList<Path>();
        collect(definition, layout, visits, boxes, paths);
        // taken transitions are drawn over the others
        paths.sort((a, b) ->
                Boolean.compare(a.cssClass().contains("taken"), b.cssClass().contains("taken")));
        return new Drawing(
                Math.round(Math.ceil(layout.root().getWidth())),
                Math.round(Math.ceil(layout.root().getHeight())),
                new Dot(layout.start().getX() + 7, layout.start().getY() + 7, data(layout.fromStart())),
                boxes,
                paths);
    }

    private static void collect(
            DefinitionGraph definition, Layout layout, Visits.Found visits, List<Box> boxes, List<Path> paths) {
        for (var state : definition.states()) {
            boxes.add(box(state, layout.node(state.name()), visits));
            collect(state.inside(), layout, visits, boxes, paths);
        }
        for (var arrow : definition.arrows()) {
            var edge = layout.edge(arrow);
            if (edge != null) {
                var taken = visits.took(arrow.from(), arrow.to(), arrow.isCatch());
                var css = (arrow.isCatch() ? "transition catch" : "transition") + (taken ? " taken" : "");
                var title = "%s → %s%s"
                        .formatted(arrow.from(), arrow.to(), arrow.label().isEmpty() ? "" : ": " + arrow.label());
                paths.add(new Path(data(edge), css, title));
            }
        }
    }

    private static Box box(DefinitionGraph.State state, ElkNode node, Visits.Found visits) {
        var status = visits.status(state.name());
        var isScope = !state.inside().states().isEmpty();
        return new Box(
                left(node),
                top(node),
                node.getWidth(),
                node.getHeight(),
                state.name(),
                visits.of(state.name()).stream()
                        .findFirst()
                        .map(visit -> String.valueOf(visits.visits().indexOf(visit) + 1))
                        .orElse(""),
                caption(state, visits.of(state.name())),
                status.sign(),
                "%s: %s".formatted(state.name(), status.word()),
                "state " + status.cssClass() + (isScope ? " scope" : ""),
                isScope);
    }

    private static String caption(DefinitionGraph.State state, List<Visit> visits) {
        if (visits.isEmpty()) {
            return state.caption();
        }
        var longest = visits.stream().map(Visit::duration).max(Comparator.naturalOrder());
        var times = visits.size() > 1 ? visits.size() + " × " : "";
        return times + longest.map(Formats::duration).orElse("");
    }

    private static String data(ElkEdge edge) {
        if (edge == null) {
            return "";
        }
        var dx = left(edge.getContainingNode());
        var dy = top(edge.getContainingNode());
        return edge.getSections().stream()
                .map(section -> Stream.of(
                                Stream.of(point("M", section.getStartX() + dx, section.getStartY() + dy)),
                                section.getBendPoints().stream().map(p -> point("L", p.getX() + dx, p.getY() + dy)),
                                Stream.of(point("L", section.getEndX() + dx, section.getEndY() + dy)))
                        .flatMap(points -> points)
                        .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    private static String point(String command, double x, double y) {
        return String.format(Locale.ROOT, "%s%.1f %.1f", command, x, y);
    }

    /** ELK's coordinates are relative to the parent node. */
    private static double left(ElkNode node) {
        return node == null || node.getParent() == null ? 0 : node.getX() + left(node.getParent());
    }

    private static double top(ElkNode node) {
        return node == null || node.getParent() == null ? 0 : node.getY() + top(node.getParent());
    }
}
