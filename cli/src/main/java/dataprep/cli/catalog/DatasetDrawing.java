package dataprep.cli.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** The graph of the data sets, from those that read no other on the left; lengths in pixels. */
record DatasetDrawing(long width, long height, List<Box> boxes, List<Arrow> arrows) {
    /** The widest likely font, because fonts cannot be measured here. */
    private static final double CHARACTER = 8.6;

    private static final double HEIGHT = 46;
    private static final double BESIDE_TEXT = 28;

    /** A data set's rectangle; {@code caption} is its second line. */
    record Box(double x, double y, double width, double height, String name, String caption, String cssClass) {
        double textX() {
            return x + 14;
        }

        double nameY() {
            return y + 20;
        }

        double captionY() {
            return y + 36;
        }
    }

    /** @param data of an SVG path */
    record Arrow(String from, String to, String data) {}

    static DatasetDrawing of(List<DatasetView> datasets) {
        var root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 40.0);
        var nodes = new HashMap<String, ElkNode>();
        for (var dataset : datasets) {
            var node = ElkGraphUtil.createNode(root);
            var characters = Math.max(dataset.name().length(), dataset.caption().length());
            node.setDimensions(characters * CHARACTER + BESIDE_TEXT, HEIGHT);
            nodes.put(dataset.name(), node);
        }
        var edges = new HashMap<Arrow, ElkEdge>();
        for (var dataset : datasets) {
            dataset.reads()
                    .forEach(name -> edges.put(
                            new Arrow(name, dataset.name(), ""),
                            ElkGraphUtil.createSimpleEdge(nodes.get(name), nodes.get(dataset.name()))));
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        return new DatasetDrawing(
                Math.round(Math.ceil(root.getWidth())),
                Math.round(Math.ceil(root.getHeight())),
                datasets.stream()
                        .map(dataset -> box(dataset, nodes.get(dataset.name())))
                        .toList(),
                edges.entrySet().stream()
                        .map(edge ->
                                new Arrow(edge.getKey().from(), edge.getKey().to(), data(edge.getValue())))
                        .sorted((a, b) -> (a.from() + "\n" + a.to()).compareTo(b.from() + "\n" + b.to()))
                        .toList());
    }

    private static Box box(DatasetView dataset, ElkNode node) {
        return new Box(
                node.getX(),
                node.getY(),
                node.getWidth(),
                node.getHeight(),
                dataset.name(),
                dataset.caption(),
                dataset.tone());
    }

    private static String data(ElkEdge edge) {
        var path = new StringBuilder();
        for (var section : edge.getSections()) {
            path.append(point("M", section.getStartX(), section.getStartY()));
            section.getBendPoints().forEach(point -> path.append(point("L", point.getX(), point.getY())));
            path.append(point("L", section.getEndX(), section.getEndY()));
        }
        return path.toString();
    }

    private static String point(String command, double x, double y) {
        return String.format(Locale.ROOT, "%s%.1f %.1f", command, x, y);
    }
}
