package dataprep.components;

import dataprep.settings.DatasetSettings;
import dataprep.settings.PipelineSettings;
import dataprep.workflow.RunMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An alarm that goes off when its metric breaches the threshold in all of the periods.
 *
 * @param name of the alarm's resource
 * @param description of the cause and of what to look at, for the reader of the alarm's message
 * @param periods the number of evaluation periods
 */
record AlarmRule(String name, String description, Metric metric, Threshold threshold, int periodSeconds, int periods) {
    private static final int FIVE_MINUTES = 300;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    private static final int NEAR_THE_LIMIT_PERCENT = 90;
    /** Percentage metrics have two decimals: runs write hundredths of a percent. */
    private static final double LEAST_PERCENT = 0.01;
    /** Of a normal distribution, one value in 740 is above. */
    private static final int USUAL_DEVIATIONS = 3;

    /** The rules of one data set's runs. */
    static List<AlarmRule> of(DatasetSettings dataset) {
        var rules = new ArrayList<AlarmRule>();
        rules.add(once("runsFailed", "A run failed.", Metric.executions("ExecutionsFailed")));
        rules.add(once("runsTimedOut", "A run timed out.", Metric.executions("ExecutionsTimedOut")));
        rules.add(once(
                "runsThrottled",
                "Step Functions throttled a run: the account is close to a quota.",
                Metric.executions("ExecutionThrottled")));
        dataset.freshness().ifPresent(age -> rules.add(stale(age, dataset.upstream())));
        rules.add(quarantined(dataset.quarantinedRowsPercent()));
        rules.add(unusuallyQuarantined());
        return rules;
    }

    /**
     * The rules of what all data sets share.
     *
     * @param startsByItself whether runs start automatically, so that there is a dead-letter queue
     */
    static List<AlarmRule> ofStack(PipelineSettings settings, boolean startsByItself) {
        var rules = new ArrayList<AlarmRule>();
        rules.add(once("extractFailed", "The extraction function failed; the run retries it.", Metric.FUNCTION_ERRORS));
        rules.add(slow(settings.extraction().timeoutSeconds()));
        rules.add(once("transformFailed", "A Glue job run failed, was stopped or timed out.", Metric.FAILED_JOBS));
        if (startsByItself) {
            rules.add(once(
                    "startsLost",
                    "An automatic start failed: the message in the dead-letter queue has the error.",
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

    private static AlarmRule stale(Duration age, Collection<String> upstream) {
        var hours = (int) age.toHours();
        var description = "No run has updated the data for %d hours.".formatted(hours);
        var causes =
                upstream.isEmpty() ? "" : " It reads %s: see their runs first.".formatted(String.join(", ", upstream));
        var current = Metric.ofRun(RunMetrics.UP_TO_DATE);
        return new AlarmRule("dataStale", description + causes, current, Threshold.below(1), HOUR, hours);
    }

    private static AlarmRule slow(int timeoutSeconds) {
        return atLeast(
                "extractSlow",
                "An extraction took more than %d %% of its time limit, extractTimeoutSeconds (%d)."
                        .formatted(NEAR_THE_LIMIT_PERCENT, timeoutSeconds),
                Metric.FUNCTION_DURATION,
                timeoutSeconds * 1_000.0 * NEAR_THE_LIMIT_PERCENT / 100);
    }

    private static AlarmRule quarantined(int percent) {
        return atLeast(
                "rowsRejected",
                "A run quarantined more than %d %% of its rows: see its report.".formatted(percent),
                Metric.ofRun(RunMetrics.REJECTED_PERCENT),
                percent + LEAST_PERCENT);
    }

    /** One-day periods: data that arrive daily leave no gaps, and the alarm goes off at most once a day. */
    private static AlarmRule unusuallyQuarantined() {
        return new AlarmRule(
                "rowsRejectedUnusually",
                "A run quarantined an unusually large share of its rows: see its report.",
                Metric.ofRun(RunMetrics.REJECTED_PERCENT),
                new Threshold.AboveUsual(USUAL_DEVIATIONS),
                DAY,
                1);
    }
}
