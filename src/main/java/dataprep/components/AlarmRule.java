package dataprep.components;

import dataprep.settings.PipelineSettings;
import dataprep.workflow.RunMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When an alarm goes off: the metric is at or above the threshold in a period, or below it in all of them.
 *
 * @param name of the alarm's resource
 * @param description what has happened and what to look at, as its reader gets it
 * @param periods how many periods it looks back
 */
record AlarmRule(
        String name,
        String description,
        Metric metric,
        boolean below,
        double threshold,
        int periodSeconds,
        int periods) {
    private static final int FIVE_MINUTES = 300;
    private static final int HOUR = 3_600;
    private static final int NEAR_THE_LIMIT_PERCENT = 90;
    /** Runs write hundredths of a percent. */
    private static final double LEAST_PERCENT = 0.01;

    /** @param startsByItself whether there is a queue of starts that failed */
    static List<AlarmRule> of(PipelineSettings settings, boolean startsByItself) {
        var rules = new ArrayList<AlarmRule>();
        rules.add(once("runsFailed", "A run failed.", Metric.executions("ExecutionsFailed")));
        rules.add(once("runsTimedOut", "A run was out of time.", Metric.executions("ExecutionsTimedOut")));
        rules.add(once(
                "runsThrottled",
                "Step Functions throttled a run: the account is near a quota.",
                Metric.executions("ExecutionThrottled")));
        settings.operations().freshness().ifPresent(age -> rules.add(stale(age)));
        rules.add(once(
                "extractFailed", "The extraction function failed; the run tries it again.", Metric.FUNCTION_ERRORS));
        rules.add(slow(settings.extraction().timeoutSeconds()));
        rules.add(once(
                "transformFailed",
                "A run of the Glue job failed, was stopped or was out of time.",
                Metric.FAILED_JOBS));
        rules.add(rejected(settings.operations().rejectedRowsPercent()));
        if (startsByItself) {
            rules.add(once(
                    "startsLost",
                    "An automatic start came to nothing: the message in the queue says why.",
                    Metric.DEAD_LETTERS));
        }
        return rules;
    }

    private static AlarmRule once(String name, String description, Metric metric) {
        return atLeast(name, description, metric, 1);
    }

    private static AlarmRule atLeast(String name, String description, Metric metric, double threshold) {
        return new AlarmRule(name, description, metric, false, threshold, FIVE_MINUTES, 1);
    }

    private static AlarmRule stale(Duration age) {
        var hours = (int) age.toHours();
        var description = "No run has succeeded for %d hours.".formatted(hours);
        return new AlarmRule("dataStale", description, Metric.executions("ExecutionsSucceeded"), true, 1, HOUR, hours);
    }

    private static AlarmRule slow(int timeoutSeconds) {
        return atLeast(
                "extractSlow",
                "An extraction took over %d %% of its time limit, extractTimeoutSeconds (%d)."
                        .formatted(NEAR_THE_LIMIT_PERCENT, timeoutSeconds),
                Metric.FUNCTION_DURATION,
                timeoutSeconds * 1_000.0 * NEAR_THE_LIMIT_PERCENT / 100);
    }

    private static AlarmRule rejected(int percent) {
        return atLeast(
                "rowsRejected",
                "A run quarantined over %d %% of its rows: its report says why.".formatted(percent),
                Metric.ofRun(RunMetrics.REJECTED_PERCENT),
                percent + LEAST_PERCENT);
    }

    String comparison() {
        return below ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold";
    }

    /** Where it is the lack of something that counts, no data is the worst. */
    String missingData() {
        return below ? "breaching" : "notBreaching";
    }
}
