package dataprep.components;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.workflow.RunMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The body of the CloudWatch dashboard.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html">
 *     Its structure</a>
 */
final class Dashboard {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 12;
    private static final int HEIGHT = 6;

    private Dashboard() {}

    /** @param dpuHourDollars what Glue charges for a DPU-hour; if that is not known, the hours are shown instead */
    static String body(MonitoredResources watched, OptionalDouble dpuHourDollars) {
        var widgets = List.of(
                graph(watched, "Runs", "Sum", 3_600, runs(watched)),
                graph(watched, "Duration of a run (ms)", "Average", 3_600, duration(watched)),
                durations(watched),
                graph(watched, "Rows of a run", "Maximum", 300, rows(watched)),
                graph(watched, "Rejected rows (%)", "Maximum", 300, rejected(watched)),
                graph(watched, "Hours since a run succeeded", "Sum", 3_600, freshness(watched)),
                cost(watched, dpuHourDollars),
                graph(watched, "Extraction: errors, longest duration (ms)", "Sum", 300, extraction(watched)));
        var placed = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < widgets.size(); i++) {
            placed.add(placed(widgets.get(i), i));
        }
        try {
            return JSON.writeValueAsString(Map.of("widgets", placed));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("dashboard cannot be written as JSON", e);
        }
    }

    private static List<List<Object>> runs(MonitoredResources watched) {
        return List.of(
                Metric.executions("ExecutionsSucceeded").inWidget(watched, "succeeded"),
                Metric.executions("ExecutionsFailed").inWidget(watched, "failed"),
                Metric.executions("ExecutionsTimedOut").inWidget(watched, "out of time"),
                Metric.executions("ExecutionsAborted").inWidget(watched, "stopped"));
    }

    private static List<List<Object>> duration(MonitoredResources watched) {
        return List.of(Metric.EXECUTION_TIME.inWidget(watched, "average"));
    }

    private static List<List<Object>> rows(MonitoredResources watched) {
        return List.of(
                Metric.ofRun(RunMetrics.ROWS_IN).inWidget(watched, "in"),
                Metric.ofRun(RunMetrics.ROWS_OUT).inWidget(watched, "out"),
                Metric.ofRun(RunMetrics.ROWS_QUARANTINED).inWidget(watched, "quarantined"));
    }

    private static List<List<Object>> rejected(MonitoredResources watched) {
        return List.of(Metric.ofRun(RunMetrics.REJECTED_PERCENT).inWidget(watched, "quarantined of those read"));
    }

    /** From each point in time the last one at which the data were up to date. */
    private static List<List<Object>> freshness(MonitoredResources watched) {
        return computed(
                watched,
                Metric.ofRun(RunMetrics.UP_TO_DATE),
                "(EPOCH(FILL(m, 0)) - FILL(IF(m > 0, EPOCH(m)), REPEAT)) / 3600",
                "hours");
    }

    private static Map<String, Object> cost(MonitoredResources watched, OptionalDouble dpuHourDollars) {
        var hours = Metric.ofRun(RunMetrics.DPU_HOURS);
        if (dpuHourDollars.isEmpty()) {
            return graph(
                    watched, "Glue DPU-hours of a run", "Maximum", 300, List.of(hours.inWidget(watched, "DPU-hours")));
        }
        var dollars = computed(watched, hours, "m * " + dpuHourDollars.getAsDouble(), "dollars");
        return graph(watched, "Glue cost of a run ($)", "Maximum", 300, dollars);
    }

    private static List<List<Object>> extraction(MonitoredResources watched) {
        return List.of(
                Metric.FUNCTION_ERRORS.inWidget(watched, "errors"),
                Metric.FUNCTION_DURATION.inWidget(watched, "longest"));
    }

    private static List<List<Object>> computed(
            MonitoredResources watched, Metric metric, String expression, String label) {
        var source = new ArrayList<>(metric.inWidget(watched, label));
        source.set(source.size() - 1, ordered("id", "m", "visible", false, "stat", metric.statistic()));
        return List.of(List.of(ordered("expression", expression, "label", label)), source);
    }

    private static Map<String, Object> graph(
            MonitoredResources watched, String title, String statistic, int period, List<List<Object>> metrics) {
        var properties = ordered("title", title, "view", "timeSeries", "region", watched.region());
        properties.putAll(ordered("stat", statistic, "period", period, "metrics", metrics));
        return ordered("type", "metric", "properties", properties);
    }

    /** From the workflow's log, in which every state leaves when it began and when it ended. */
    private static Map<String, Object> durations(MonitoredResources watched) {
        var query = """
                SOURCE '%s'
                | filter type like /State(Entered|Exited)$/
                | stats (max(event_timestamp) - min(event_timestamp)) / 1000 as seconds by execution_arn, details.name
                | stats avg(seconds) as average, max(seconds) as longest by details.name
                | sort average desc""".formatted(watched.workflowLogGroup());
        var properties = ordered("title", "Durations by state (s)", "view", "table");
        properties.putAll(ordered("region", watched.region(), "query", query));
        return ordered("type", "log", "properties", properties);
    }

    private static Map<String, Object> placed(Map<String, Object> widget, int index) {
        var placed = ordered("x", index % 2 * WIDTH, "y", index / 2 * HEIGHT, "width", WIDTH, "height", HEIGHT);
        placed.putAll(widget);
        return placed;
    }

    /** Always in this order, so that the same dashboard is the same text. */
    private static Map<String, Object> ordered(Object... keysAndValues) {
        var ordered = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            ordered.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return ordered;
    }
}
