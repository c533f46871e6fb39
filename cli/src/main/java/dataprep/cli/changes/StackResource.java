package dataprep.cli.changes;

import com.fasterxml.jackson.databind.JsonNode;

/** A resource of a stack, with the inputs that the program gave it. */
public record StackResource(String type, String name, JsonNode inputs) {

    /** The last part of the URN is the logical name. */
    static String name(String urn) {
        return urn.substring(urn.lastIndexOf("::") + 2);
    }
}
