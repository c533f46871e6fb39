package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dataprep.workflow.Shipped;

/** The definition that is deployed, as the model executes it. */
final class Definitions {
    /** With one source: a publication does not depend on how many there are. */
    static final JsonNode SHIPPED = withOneSource(bodiesAsObjects(Shipped.MACHINE.toJson()));

    private Definitions() {}

    /** Step Functions encodes what is given as a body: a text that is JSON already would be encoded twice. */
    private static JsonNode bodiesAsObjects(String definition) {
        return Manifest.parse(definition.replace("'Body': $string(", "'Body': ("));
    }

    private static JsonNode withOneSource(JsonNode definition) {
        var sources = (ArrayNode) definition.at("/States/ExtractData/Items");
        while (sources.size() > 1) {
            sources.remove(1);
        }
        return definition;
    }
}
