package dataprep.components;

import dataprep.settings.PipelineSettings;
import dataprep.workflow.RunMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When an alarm goes off: the metric is not as the threshold wants it in all of the periods.
 *
 * @param name of the alarm's resource
 * @param description what has happened and what to look at, as its reader gets it
 * @param periods how many periods it looks back
 */
record AlarmRule(String name, String description, Metric metric, Threshold threshold, int periodSeconds, int periods) {
    private static final int FIVE_MINUTES = 300;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    private static final int NEAR_THE_LIMIT_PERCENT = 90;
    /** Runs write hundredths of a percent. */
    private static final double LEAST_PERCENT = 0.01;
    /** Of a normal distribution one value in 740 is above. */
    private static final int USUAL_DEVIATIONS = 3;

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
        rules.add(unusuallyRejected());
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
        return new AlarmRule(name, description, metric, Threshold.atLeast(threshold), FIVE_MINUTES, 1);
    }

    private static AlarmRule stale(Duration age) {
        var hours = (int) age.toHours();
        var description = "No run has brought the data up to date for %d hours.".formatted(hours);
        var current = Metric.ofRun(RunMetrics.UP_TO_DATE);
        return new AlarmRule("dataStale", description, current, Threshold.below(1), HOUR, hours);
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

    /** By the day: data that come once a day leave no gaps then, and it goes off once a day at most. */
    private static AlarmRule unusuallyRejected() {
        return new AlarmRule(
                "rowsRejectedUnusually",
                "A run quarantined a larger share of its rows than is usual here: its report says why.",
                Metric.ofRun(RunMetrics.REJECTED_PERCENT),
                new Threshold.AboveUsual(USUAL_DEVIATIONS),
                DAY,
                1);
    }
}
