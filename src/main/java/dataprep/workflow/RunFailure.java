package dataprep.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The reason why an execution failed, parsed from its error and its cause.
 *
 * @param state that failed, if the workflow itself reported it; otherwise empty
 * @param error the error name of the state, or otherwise of the execution
 * @param cause the message inside the JSON of Lambda or Glue; any other cause unchanged
 */
public record RunFailure(String state, String error, String cause) {
    /** The suffix of the workflow's error after the failed state's name; its cause begins with the state's error. */
    public static final String SUFFIX = "Failed";

    /** The suffix if the failure message could not be published. */
    static final String UNANNOUNCED = "FailedUnannounced";

    static final String SEPARATOR = ": ";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads status, error and cause of an execution from DescribeExecution; null for none. An aborted execution has the
     * error and cause given to StopExecution.
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
