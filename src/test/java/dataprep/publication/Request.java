package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call of a service.
 *
 * @param action such as {@code s3:putObject} or {@code glue:startJobRun.sync}
 * @param attempt distinguishes job runs of the same state; otherwise empty
 */
record Request(String action, JsonNode arguments, String attempt) {
    private static final String[] SHOWN = {"Key", "Prefix", "Name", "ExecutionArn", "CopySource"};
    private static final String[] NAMED = {
        "IfMatch", "IfNoneMatch", "CopySourceIfMatch", "VersionId", "Seconds", "Timestamp"
    };
    private static final String INTEGRATION = ":states:::";

    /** The duration of a Wait, not a call. */
    static final String WAIT = "wait";

    static Request of(String resource, JsonNode arguments, String attempt) {
        if (resource.isEmpty()) {
            return new Request(WAIT, arguments, "");
        }
        var action = resource.substring(resource.indexOf(INTEGRATION) + INTEGRATION.length())
                .replaceFirst("^aws-sdk:", "");
        return new Request(action, arguments, action.startsWith("glue:startJobRun") ? attempt : "");
    }

    String text(String argument) {
        return arguments.path(argument).asText();
    }

    boolean has(String argument) {
        return arguments.hasNonNull(argument);
    }

    boolean isWait() {
        return action.equals(WAIT);
    }

    boolean changesNothing() {
        if (isWait()) {
            return true;
        }
        var verb = action.substring(action.indexOf(':') + 1);
        return verb.startsWith("get")
                || verb.startsWith("head")
                || verb.startsWith("list")
                || verb.startsWith("describe");
    }

    /** A description for the trace. */
    String describe() {
        var text = new StringBuilder(action.substring(action.indexOf(':') + 1));
        for (var argument : SHOWN) {
            if (has(argument)) {
                text.append(' ').append(text(argument));
            }
        }
        var location = arguments.at("/TableInput/StorageDescriptor/Location").asText();
        if (!location.isEmpty()) {
            text.append(" Location ").append(location);
        }
        for (var named : NAMED) {
            if (has(named)) {
                text.append(' ').append(named).append(' ').append(text(named));
            }
        }
        return text.toString();
    }
}
