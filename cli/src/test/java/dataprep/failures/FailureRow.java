package dataprep.failures;

import dataprep.asl.LocatedState;
import dataprep.asl.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of an execution in which one task fails in one way.
 *
 * @param task where it happens
 * @param retries how often the task is tried again before it fails
 * @param caughtBy the state whose Catch gets the error; empty if the execution ends there, or if there is no error
 * @param ends the states in which the execution may then end; empty if it ends at once
 * @param published what is published afterwards
 * @param told whether the topic gets a message if the execution then fails
 */
public record FailureRow(
        LocatedState task,
        Fault fault,
        int retries,
        String caughtBy,
        Set<String> ends,
        Published published,
        Notification told) {

    /** Services that sign their calls by another name than their integration has. */
    private static final Map<String, String> SIGNING_NAMES =
            Map.of("cloudwatch", "monitoring", "eventbridge", "events", "sfn", "states");

    /** What readers see after the execution. */
    public enum Published {
        /** What was published before. */
        BEFORE("the run before"),
        /** This run: it had become the current one already. */
        THIS("this run"),
        /** The answer that would tell may be what is missing; but never parts of both. */
        EITHER("the run before or this one, whole");

        private final String text;

        Published(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Whether people hear of it. */
    public enum Notification {
        /** The workflow publishes one message to the failure topic. */
        TOPIC("the failure topic"),
        /** The workflow cannot; EventBridge publishes one when the execution has ended. */
        EVENT("the failure topic, by EventBridge"),
        /** The workflow may have published one although its answer was lost, and EventBridge publishes one. */
        AT_LEAST_ONCE("the failure topic, perhaps twice"),
        /** A warning may have been published although its answer was lost. */
        PERHAPS("perhaps the failure topic"),
        /** The run ends well. */
        NOBODY("nobody");

        private final String text;

        Notification(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public String state() {
        return task.name();
    }

    /** Whether the call is not answered in time: the state's time must then be short for a test to wait for its end. */
    public boolean isLate() {
        return fault.isLate();
    }

    /** The fault as the local AWS takes it. */
    public Map<String, Object> injection() {
        return injection(task, fault);
    }

    /** A fault that fails a task for good, as the local AWS takes it. */
    public static Map<String, Object> failing(LocatedState task) {
        return ServiceFaults.of((Task) task.state()).stream()
                .filter(fault -> fault.error().isPresent())
                .map(fault -> injection(task, fault))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> injection(LocatedState task, Fault fault) {
        var injection = new LinkedHashMap<String, Object>();
        if (!fault.injection().containsKey("service")) {
            var parts = ((Task) task.state())
                    .caption()
                    .replaceFirst("^aws-sdk:", "")
                    .split("[:.]");
            injection.put("service", SIGNING_NAMES.getOrDefault(parts[0], parts[0]));
            injection.put("operation", Character.toUpperCase(parts[1].charAt(0)) + parts[1].substring(1));
            injection.put("state", task.name());
        }
        injection.putAll(fault.injection());
        return injection;
    }

    @Override
    public String toString() {
        return "%s: %s%s"
                .formatted(state(), fault.error().map(name -> name + ", ").orElse(""), fault.what());
    }
}
