package dataprep.cli.report;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Computes the layout of states and transitions with the Eclipse Layout Kernel, from top to bottom.
 *
 * @see <a href="https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html">ELK Layered</a>
 */
final class Layout {
    /** Text widths for the widest likely font, because fonts cannot be measured here. */
    private static final double NAME_CHARACTER = 8.6;

    private static final double CAPTION_CHARACTER = 7.4;

    private static final double NODE_HEIGHT = 46;
    private static final double NODE_MIN_WIDTH = 132;
    private static final double BESIDE_TEXT = 50;

    private static final double START_SIZE = 14;

    private final ElkNode root = ElkGraphUtil.createGraph();
    private final Map<String, ElkNode> nodes = new HashMap<>();
    private final Map<DefinitionGraph.Arrow, ElkEdge> edges = new HashMap<>();
    private ElkNode start;
    private ElkEdge fromStart;

    private Layout() {}

    static Layout of(DefinitionGraph definition, String startAt, Function<DefinitionGraph.State, String> captions) {
        var layout = new Layout();
        layout.start = ElkGraphUtil.createNode(layout.root);
        layout.start.setDimensions(START_SIZE, START_SIZE);
        layout.add(definition, layout.root, captions);
        layout.connect(definition);
        if (layout.nodes.containsKey(startAt)) {
            layout.fromStart = ElkGraphUtil.createSimpleEdge(layout.start, layout.nodes.get(startAt));
        }
        new RecursiveGraphLayoutEngine().layout(layout.root, new BasicProgressMonitor());
        return layout;
    }

    ElkNode root() {
        return root;
    }

    ElkNode start() {
        return start;
    }

    ElkEdge fromStart() {
        return fromStart;
    }

    ElkNode node(String state) {
        return nodes.get(state);
    }

    ElkEdge edge(DefinitionGraph.Arrow arrow) {
        return edges.get(arrow);
    }

    private void add(DefinitionGraph definition, ElkNode scope, Function<DefinitionGraph.State, String> captions) {
        options(scope);
        for (var state : definition.states()) {
            var node = ElkGraphUtil.createNode(scope);
            var text = Math.max(
                    state.name().length() * NAME_CHARACTER,
                    captions.apply(state).length() * CAPTION_CHARACTER);
            node.setDimensions(Math.max(NODE_MIN_WIDTH, text + BESIDE_TEXT), NODE_HEIGHT);
            nodes.put(state.name(), node);
            if (!state.inside().states().isEmpty()) {
                node.setProperty(LayeredOptions.PADDING, new ElkPadding(NODE_HEIGHT + 6, 14, 14, 14));
                add(state.inside(), node, captions);
            }
        }
    }

    private static void options(ElkNode scope) {
        scope.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        scope.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
        scope.setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        scope.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        scope.setProperty(LayeredOptions.MERGE_EDGES, true);
        scope.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        scope.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        scope.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 30.0);
        scope.setProperty(LayeredOptions.SPACING_NODE_NODE, 22.0);
        scope.setProperty(LayeredOptions.SPACING_EDGE_NODE, 14.0);
    }

    private void connect(DefinitionGraph definition) {
        for (var arrow : definition.arrows()) {
            var from = nodes.get(arrow.from());
            var to = nodes.get(arrow.to());
            if (from != null && to != null) {
                var edge = ElkGraphUtil.createSimpleEdge(from, to);
                edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, arrow.isCatch() ? 0 : 10);
                edges.put(arrow, edge);
            }
        }
        definition.states().forEach(state -> connect(state.inside()));
    }
}
