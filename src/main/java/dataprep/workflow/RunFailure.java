package dataprep.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Why an execution failed, read from the error and the cause with which it ended.
 *
 * @param state that failed, if the workflow itself told so; else empty
 * @param error the name of what the state, or else the execution, failed with
 * @param cause the message in what Lambda or Glue give as JSON; any other cause as it is
 */
public record RunFailure(String state, String error, String cause) {
    /** The workflow's own error is the failed state's name with this; its cause begins with the state's error. */
    public static final String SUFFIX = "Failed";

    /** In place of the suffix where the message of the failure could not be published. */
    static final String UNANNOUNCED = "FailedUnannounced";

    static final String SEPARATOR = ": ";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads status, error and cause of an execution, as DescribeExecution gives them; null for none. One that was stopped
     * bears what whoever stopped it said.
     */
    public static RunFailure of(String status, String error, String cause) {
        var name = error == null ? "" : error;
        var text = cause == null ? "" : cause;
        var suffix = name.endsWith(UNANNOUNCED) ? UNANNOUNCED : SUFFIX;
        if (!status.equals("FAILED") || !name.endsWith(suffix)) {
            return new RunFailure("", name, message(text));
        }
        var parts = text.split(SEPARATOR, 2);
        return new RunFailure(
                name.substring(0, name.length() - suffix.length()),
                parts[0],
                message(parts.length > 1 ? parts[1] : ""));
    }

    private static String message(String cause) {
        try {
            var json = JSON.readTree(cause);
            return json.path("errorMessage").asText(json.path("ErrorMessage").asText(cause));
        } catch (JsonProcessingException e) {
            return cause;
        }
    }
}
