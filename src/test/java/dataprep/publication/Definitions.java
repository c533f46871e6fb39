package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dataprep.workflow.Shipped;

/** The definition that is deployed, as the model executes it. */
final class Definitions {
    /** With one source: a publication does not depend on how many there are. */
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
