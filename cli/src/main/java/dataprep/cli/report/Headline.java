package dataprep.cli.report;

import dataprep.cli.run.StateStatus;
import dataprep.cli.run.Visit;
import dataprep.cli.run.Visits;
import dataprep.workflow.RunFailure;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The headline: how the run ended, and the reason if it failed.
 *
 * @param tone the colour: good, neutral or bad
 * @param cause of a failure without its stack trace; empty otherwise
 * @param details the whole cause, if it is longer
 */
record Headline(String tone, String title, String lead, String error, String cause, String details) {
    private static final Set<String> SCOPES = Set.of("Map", "Parallel");
    private static final String COALESCED =
            "Another run was already waiting. It reads the sources instead of this one.";
    private static final String ROLLED_BACK = "The earlier run %s is published again.";

    /** Longer causes and stack traces are collapsed. */
    private static final int MOST_OF_CAUSE = 700;

    private static final String NOTHING_TO_DO = "No source, recipe or code has changed since the last publish.";

    private static final Map<String, String> UNFINISHED = Map.of(
            "RUNNING", "Still running",
            "PENDING_REDRIVE", "Waiting to be redriven",
            "TIMED_OUT", "Timed out",
            "ABORTED", "Aborted");

    static Headline of(ReportInput facts, Visits.Found visits) {
        if (facts.run().succeeded()) {
            return succeeded(facts);
        }
        var failure = RunFailure.of(
                facts.run().status(), facts.run().error(), facts.run().cause());
        if (facts.run().status().equals("FAILED")) {
            var title = "Failed" + (failure.state().isEmpty() ? "" : " in " + failure.state());
            return explained("bad", title, left(facts), failure);
        }
        var where = visits.visits().stream()
                .filter(visit -> visit.status() == StateStatus.ABORTED || visit.status() == StateStatus.RUNNING)
                .filter(visit -> !SCOPES.contains(visit.type()))
                .map(Visit::state)
                .distinct()
                .collect(Collectors.joining(", "));
        var title = UNFINISHED.getOrDefault(facts.run().status(), facts.run().status())
                + (where.isEmpty() ? "" : " in " + where);
        var running =
                facts.run().status().equals("RUNNING") || facts.run().status().equals("PENDING_REDRIVE");
        return explained(running ? "neutral" : "bad", title, left(facts), failure);
    }

    private static Headline succeeded(ReportInput facts) {
        var result = facts.run().result();
        if (result.has("coalesced_into")) {
            return new Headline("neutral", "Coalesced", COALESCED, "", "", "");
        }
        if (!result.path("published").asBoolean()) {
            return new Headline("neutral", "Nothing to do", NOTHING_TO_DO, "", "", "");
        }
        var published = result.path("run_id").asText(facts.run().id());
        return published.equals(facts.run().id())
                ? published(facts)
                : new Headline("good", "Rolled back", ROLLED_BACK.formatted(published), "", "", "");
    }

    private static Headline published(ReportInput facts) {
        var quality = facts.run().quality();
        if (quality.isMissingNode()) {
            return new Headline("good", "Published", "Its quality report has expired.", "", "", "");
        }
        var lead = new StringBuilder("%s of the %s read are in the data set."
                .formatted(
                        Formats.count(quality.path("rows_out").asLong()),
                        Formats.count(quality.path("rows_in").asLong(), "row")));
        var quarantined = quality.path("rows_quarantined").asLong();
        if (quarantined > 0) {
            lead.append(" %s did not meet the recipe and %s quarantined."
                    .formatted(Formats.count(quarantined), quarantined == 1 ? "is" : "are"));
        }
        var warnings = Findings.of(quality).unmet() + quality.path("warnings").size();
        if (warnings > 0) {
            lead.append(" %s; see the rules.".formatted(Formats.count(warnings, "warning")));
        }
        var pruning = facts.run().result().path("warnings");
        if (!pruning.isEmpty()) {
            lead.append(" The deletion of earlier data sets stopped early: %s."
                    .formatted(pruning.get(0).asText()));
        }
        if (!facts.run().publishedByThisRun()) {
            lead.append(" Another run has been published since.");
        }
        return new Headline("good", "Published", lead.toString(), "", "", "");
    }

    private static Headline explained(String tone, String title, String lead, RunFailure failure) {
        var cause = failure.cause();
        var beginning = cause.lines()
                .takeWhile(line -> !line.startsWith("\tat "))
                .collect(Collectors.joining("\n"))
                .strip();
        var shown = beginning.length() > MOST_OF_CAUSE ? beginning.substring(0, MOST_OF_CAUSE) + " …" : beginning;
        return new Headline(tone, title, lead, failure.error(), shown, shown.equals(cause) ? "" : cause);
    }

    private static String left(ReportInput facts) {
        if (facts.run().leftItsClaim()) {
            return "The run ended during the publication: readers may see data of two runs until the next run, which"
                    + " publishes again.";
        }
        return facts.run().publishedByThisRun()
                ? "The run had already published its data set."
                : "The run published nothing; the published data set has not changed.";
    }
}
