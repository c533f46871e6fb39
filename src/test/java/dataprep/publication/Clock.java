package dataprep.publication;

import java.time.Instant;

/**
 * The times of the model: a single moment, and offsets in seconds for later moments.
 *
 * <p>The milliseconds of an execution's stop time identify the execution, so that a Wait that ends after this time is
 * known to wait for its calls.
 */
final class Clock {
    /** The seconds after which an abandoned call has taken effect or never will: the protocol's assumption. */
    static final int LATEST_EFFECT_SECONDS = 600;

    private static final Instant MOMENT = Instant.parse("2026-01-01T00:00:00Z");
    private static final int REDRIVES = 8;
    /** The milliseconds above which a time is not an execution's end. */
    private static final int NAMES_NOBODY = 500;

    private Clock() {}

    static String now() {
        return iso(MOMENT);
    }

    /** A number that is unique for each state and attempt of an execution, and deterministic. */
    static String during(String state, int redrives, int tries) {
        return iso(MOMENT.plusSeconds(1 + redrives * REDRIVES + tries)
                .plusMillis(NAMES_NOBODY + Math.floorMod(state.hashCode(), 1000 - NAMES_NOBODY)));
    }

    /**
     * @param redrives the number of previous redrives of the execution
     */
    static String stopped(int execution, int redrives) {
        return iso(MOMENT.plusMillis(1 + issuer(execution, redrives)));
    }

    /** The issuers of calls: an execution is another issuer after a redrive. */
    static int issuer(int execution, int redrives) {
        return execution * REDRIVES + redrives;
    }

    private static int executionOf(int issuer) {
        return issuer / REDRIVES;
    }

    /** Whether all late effects of an issuer come before the end of a Wait. */
    static boolean isLong(Request wait) {
        return seconds(wait) >= LATEST_EFFECT_SECONDS;
    }

    /**
     * Whether a late effect comes before the end of a long Wait: if the call was abandoned before the Wait began or,
     * for a Wait relative to an execution's end, by that execution.
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
