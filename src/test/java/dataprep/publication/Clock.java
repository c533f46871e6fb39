package dataprep.publication;

import java.time.Instant;

/**
 * The times of the model: there is one moment, and of a later one only how many seconds it comes after.
 *
 * <p>The milliseconds of a time at which an execution stopped say which execution it was, so that a Wait until some time
 * after that is known to be for its calls.
 */
final class Clock {
    /** After so many seconds a call that was given up has had its effect, or never will: the protocol's assumption. */
    static final int LATEST_EFFECT_SECONDS = 600;

    private static final Instant MOMENT = Instant.parse("2026-01-01T00:00:00Z");
    private static final int REDRIVES = 8;
    /** Milliseconds from which a time is not that of an execution's end. */
    private static final int NAMES_NOBODY = 500;

    private Clock() {}

    static String now() {
        return iso(MOMENT);
    }

    /** Different for any two states of an execution, and for the attempts of one, but the same each time it comes there. */
    static String during(String state, int redrives, int tries) {
        return iso(MOMENT.plusSeconds(1 + redrives * REDRIVES + tries)
                .plusMillis(NAMES_NOBODY + Math.floorMod(state.hashCode(), 1000 - NAMES_NOBODY)));
    }

    /** @param redrives how often the execution had been redriven before */
    static String stopped(int execution, int redrives) {
        return iso(MOMENT.plusMillis(1 + issuer(execution, redrives)));
    }

    /** Those who make calls: an execution before and after a redrive are two. */
    static int issuer(int execution, int redrives) {
        return execution * REDRIVES + redrives;
    }

    private static int executionOf(int issuer) {
        return issuer / REDRIVES;
    }

    /** Whether all late effects of some issuer come before the end of a Wait. */
    static boolean isLong(Request wait) {
        return seconds(wait) >= LATEST_EFFECT_SECONDS;
    }

    /**
     * Whether a late effect comes before the end of a long Wait: if it was given up before the Wait began; of a Wait
     * until some time after an execution's end, if that execution gave it up.
     */
    static boolean isAwaited(Request wait, World world, int waiting, int late) {
        int named = wait.has("Timestamp") ? millis(wait) % 1000 : 0;
        if (named == 0 || named >= NAMES_NOBODY) {
            return world.isBeforeWaitOf(waiting, late);
        }
        int last = named - 1;
        return executionOf(world.issuer(late)) == executionOf(last) && world.issuer(late) <= last;
    }

    private static int seconds(Request wait) {
        return wait.has("Timestamp")
                ? millis(wait) / 1000
                : wait.arguments().path("Seconds").asInt();
    }

    private static int millis(Request wait) {
        return (int) (Instant.parse(wait.text("Timestamp")).toEpochMilli() - MOMENT.toEpochMilli());
    }

    private static String iso(Instant time) {
        return "%s.%03dZ".formatted(time.toString().substring(0, 19), time.toEpochMilli() % 1000);
    }
}
