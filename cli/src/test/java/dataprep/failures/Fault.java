package dataprep.failures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One fault of a task.
 *
 * @param what happens, for a reader
 * @param error the error name of the task; empty if the task succeeds and later states must detect the fault
 * @param injection the fault in the form of the local AWS's {@code /_faults}
 */
public record Fault(String what, Optional<String> error, Map<String, Object> injection) {

    /** The duration of a call that times out, in seconds. */
    private static final double LATE = 1.5;

    static Fault answered(String error, int status, String code) {
        var details = new LinkedHashMap<String, Object>();
        details.put("code", code);
        details.put("message", "injected failure");
        details.put("status", status);
        return new Fault("%d %s".formatted(status, code), Optional.of(error), Map.of("error", details));
    }

    /** An object that is missing once: a run that restarts finds it. */
    static Fault missing() {
        var injection = new LinkedHashMap<>(answered("", 404, "NoSuchKey").injection());
        injection.put("times", 1);
        return new Fault("404 NoSuchKey", Optional.of("S3.NoSuchKeyException"), injection);
    }

    static Fault cutBefore(String error) {
        return new Fault("connection closed before the call", Optional.of(error), Map.of("cut", "before"));
    }

    static Fault cutAfter(String error) {
        return new Fault("connection closed, response lost", Optional.of(error), Map.of("cut", "after"));
    }

    static Fault late() {
        return new Fault(
                "no response within the state's timeout",
                Optional.of("States.Timeout"),
                Map.of("latency_seconds", LATE));
    }

    static Fault unreadable() {
        return new Fault(
                "the object is not JSON", Optional.of("States.QueryEvaluationError"), Map.of("answer", "no JSON"));
    }

    static Fault function(String what, String error, String ending) {
        return new Fault(what, Optional.of(error), Map.of("function", ending));
    }

    static Fault jobRun(String what, Optional<String> error, String ending) {
        return new Fault(what, error, Map.of("job", ending));
    }

    /** A fault at another service's API, in the work that the task started. */
    static Fault within(String what, String error, Map<String, Object> injection) {
        return new Fault(what, Optional.of(error), injection);
    }

    /** Whether the call may have taken effect. */
    boolean mayHaveHappened() {
        return isLate() || "after".equals(injection.get("cut"));
    }

    boolean isLate() {
        return injection.containsKey("latency_seconds");
    }
}
