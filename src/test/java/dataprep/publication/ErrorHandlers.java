package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The error that a state's Retry and Catch match. */
final class ErrorHandlers {
    static final String TIMEOUT = "States.Timeout";
    static final String QUERY_EVALUATION = "States.QueryEvaluationError";

    private static final Set<String> NEVER_HANDLED = Set.of("States.Runtime", "States.DataLimitExceeded");
    private static final int DEFAULT_ATTEMPTS = 3;

    private ErrorHandlers() {}

    static boolean retries(JsonNode state, String error, int triesSoFar) {
        return first(state.path("Retry"), error)
                .map(retrier -> triesSoFar < retrier.path("MaxAttempts").asInt(DEFAULT_ATTEMPTS))
                .orElse(false);
    }

    static Optional<JsonNode> catcher(JsonNode state, String error) {
        return first(state.path("Catch"), error);
    }

    private static Optional<JsonNode> first(JsonNode handlers, String error) {
        return StreamSupport.stream(handlers.spliterator(), false)
                .filter(handler -> matches(handler.path("ErrorEquals"), error))
                .findFirst();
    }

    private static boolean matches(JsonNode names, String error) {
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .anyMatch(name -> {
                    boolean wildcard = name.equals("States.ALL")
                            || name.equals("States.TaskFailed")
                                    && !List.of(TIMEOUT).contains(error);
                    return name.equals(error) || wildcard && !NEVER_HANDLED.contains(error);
                });
    }
}
