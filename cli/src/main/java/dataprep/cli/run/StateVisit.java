package dataprep.cli.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One visit of a state in a run: a state inside a Map has one for each item.
 *
 * @param type of the state, as the Amazon States Language names it
 * @param seconds from its entry to its end, or to now while it runs
 * @param attempts how often its task was started; 0 for a state without one
 * @param error of the last attempt, null if that succeeded
 */
record StateVisit(String state, String type, Instant startedAt, double seconds, End end, int attempts, String error) {

    enum End {
        DONE,
        /** Failed, and the workflow went on by a catch. */
        CAUGHT,
        FAILED,
        /** Was running when the execution ended. */
        ABORTED,
        RUNNING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ObjectNode json() {
        return new ObjectMapper()
                .createObjectNode()
                .put("state", state)
                .put("type", type)
                .put("started_at", startedAt.toString())
                .put("seconds", seconds)
                .put("outcome", end.toString())
                .put("attempts", attempts)
                .put("error", error);
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
