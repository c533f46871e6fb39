package dataprep.failures;

import dataprep.asl.LocatedState;
import dataprep.asl.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The expected effect on an execution if one task fails with one fault.
 *
 * @param task that fails
 * @param retries the number of retries before the task fails
 * @param caughtBy the state whose Catch gets the error; empty if the execution ends there, or if there is no error
 * @param ends the states in which the execution may then end; empty if it ends at once
 * @param published the published run afterwards
 * @param notification the message to the topic
 */
public record FailureRow(
        LocatedState task,
        Fault fault,
        int retries,
        String caughtBy,
        Set<String> ends,
        Published published,
        Notification notification) {

    /** Services whose signing name differs from the name of their integration. */
    private static final Map<String, String> SIGNING_NAMES =
            Map.of("cloudwatch", "monitoring", "eventbridge", "events", "sfn", "states");

    /** What readers see after the execution. */
    public enum Published {
        /** What was published before. */
        BEFORE("the previous run"),
        /** This run: it is already the current one. */
        THIS("this run"),
        /** Unknown if the response is lost; but never parts of both. */
        EITHER("the previous run or this one, completely");

        private final String text;

        Published(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The notification of the failure. */
    public enum Notification {
        /** The workflow publishes one message to the failure topic. */
        TOPIC("the failure topic"),
        /** The workflow cannot publish; EventBridge publishes a message when the execution has ended. */
        EVENT("the failure topic, by EventBridge"),
        /** The workflow may have published a message although the response was lost, and EventBridge publishes one. */
        AT_LEAST_ONCE("the failure topic, perhaps twice"),
        /** A warning may have been published although the response was lost. */
        PERHAPS("perhaps the failure topic"),
        /** The run succeeds, without a message. */
        NONE("none");

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

    /** Whether the call times out: the state's timeout must then be short for the test. */
    public boolean isLate() {
        return fault.isLate();
    }

    /** The fault in the form of the local AWS's fault API. */
    public Map<String, Object> injection() {
        return injection(task, fault);
    }

    /** A fault that always fails a task, in the form of the local AWS's fault API. */
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
