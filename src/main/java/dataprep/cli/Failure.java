package dataprep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Why a run did not succeed, as a person reads it. */
record Failure(String what, String state, String error, String cause) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The state machine's own error is named after the state that failed, and its cause begins with what failed. */
    private static final String SUFFIX = "Failed";

    private static final int LINES_SHOWN = 3;
    private static final int LINE_CHARACTERS = 500;

    static Failure of(DescribeExecutionResponse end) {
        var what = "the run ended as " + end.statusAsString();
        var error = end.error() == null ? "" : end.error();
        var cause = end.cause() == null ? "" : end.cause();
        if (end.status() != ExecutionStatus.FAILED || !error.endsWith(SUFFIX)) {
            return new Failure(what, "", error, readable(cause));
        }
        var parts = cause.split(": ", 2);
        var state = error.substring(0, error.length() - SUFFIX.length());
        return new Failure(what, state, parts[0], readable(parts.length > 1 ? parts[1] : ""));
    }

    String text(String whereLogsLie) {
        return what + line("state", state) + line("error", error) + line("cause", cause) + line("logs", whereLogsLie);
    }

    private static String line(String name, String value) {
        return value.isEmpty() ? "" : "%n  %-5s  %s".formatted(name, value);
    }

    ObjectNode json() {
        return JSON.createObjectNode()
                .put("what", what)
                .put("state", state)
                .put("error", error)
                .put("cause", cause);
    }

    /** The message in what Lambda or Glue give as JSON, else the cause as it is; of a stack trace what it says. */
    private static String readable(String cause) {
        try {
            var json = JSON.readTree(cause);
            return withoutTrace(
                    json.path("errorMessage").asText(json.path("ErrorMessage").asText(cause)));
        } catch (JsonProcessingException e) {
            return withoutTrace(cause);
        }
    }

    private static String withoutTrace(String text) {
        return text.lines()
                .filter(line -> !line.matches("\\s+(at |\\.\\.\\. \\d+ more).*"))
                .map(String::strip)
                .distinct()
                .limit(LINES_SHOWN)
                .map(line -> line.length() > LINE_CHARACTERS ? line.substring(0, LINE_CHARACTERS) + "..." : line)
                .collect(Collectors.joining("\n         "));
    }
}
