package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dataprep.workflow.Shipped;

/** The deployed definition in the form that the model executes. */
final class Definitions {
    /** With one source: the publication does not depend on their number. */
    static final JsonNode SHIPPED = withOneSource(ModelManifest.parse(Shipped.MACHINE.toJson()));

    private Definitions() {}

    private static JsonNode withOneSource(JsonNode definition) {
        var sources = (ArrayNode) definition.at("/States/ExtractData/Items");
        while (sources.size() > 1) {
            sources.remove(1);
        }
        return definition;
    }
}
