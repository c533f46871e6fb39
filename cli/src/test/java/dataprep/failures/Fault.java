package dataprep.failures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can go wrong with a task.
 *
 * @param what happens, for a reader
 * @param error the name by which the task fails; empty if it does not fail, and what follows has to notice
 * @param injection the effect that makes the local AWS let it happen, as its {@code /_faults} takes it
 */
public record Fault(String what, Optional<String> error, Map<String, Object> injection) {

    /** How long a call takes that is not waited for, in seconds. */
    private static final double LATE = 1.5;

    static Fault answered(String error, int status, String code) {
        var told = new LinkedHashMap<String, Object>();
        told.put("code", code);
        told.put("message", "told to fail");
        told.put("status", status);
        return new Fault("%d %s".formatted(status, code), Optional.of(error), Map.of("error", told));
    }

    /** An object that is missing once: a run that starts again finds it. */
    static Fault missing() {
        var injection = new LinkedHashMap<>(answered("", 404, "NoSuchKey").injection());
        injection.put("times", 1);
        return new Fault("404 NoSuchKey", Optional.of("S3.NoSuchKeyException"), injection);
    }

    static Fault cutBefore(String error) {
        return new Fault("connection cut, nothing done", Optional.of(error), Map.of("cut", "before"));
    }

    static Fault cutAfter(String error) {
        return new Fault("connection cut, the answer is lost", Optional.of(error), Map.of("cut", "after"));
    }

    static Fault late() {
        return new Fault(
                "no answer within the state's time", Optional.of("States.Timeout"), Map.of("latency_seconds", LATE));
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

    /** A fault of what the task has started, at another service's API. */
    static Fault within(String what, String error, Map<String, Object> injection) {
        return new Fault(what, Optional.of(error), injection);
    }

    /** Whether the call may have had its effect all the same. */
    boolean mayHaveHappened() {
        return isLate() || "after".equals(injection.get("cut"));
    }

    boolean isLate() {
        return injection.containsKey("latency_seconds");
    }
}
