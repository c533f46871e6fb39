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

    /**
     * @param dpuHourDollars Glue's price of a DPU-hour; if it is unknown, the dashboard shows the hours instead
     */
    static String body(List<MonitoredResources> datasets, OptionalDouble dpuHourDollars) {
        var widgets = new ArrayList<Map<String, Object>>();
        datasets.forEach(monitored -> {
            var subject = datasets.size() == 1 ? "" : monitored.pipeline() + ": ";
            widgets.addAll(widgets(subject, monitored, dpuHourDollars));
        });
        var first = datasets.get(0);
        widgets.add(graph(first, "Extraction: errors, longest duration (ms)", "Sum", 300, extraction(first)));
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

    /**
     * @param subject the beginning of each title
     */
    private static List<Map<String, Object>> widgets(
            String subject, MonitoredResources monitored, OptionalDouble dpuHourDollars) {
        return List.of(
                graph(monitored, subject + "Runs", "Sum", 3_600, runs(monitored)),
                graph(monitored, subject + "Duration of a run (ms)", "Average", 3_600, duration(monitored)),
                durations(monitored, subject),
                graph(monitored, subject + "Rows of a run", "Maximum", 300, rows(monitored)),
                graph(monitored, subject + "Quarantined rows (%)", "Maximum", 300, quarantined(monitored)),
                graph(monitored, subject + "Hours since the last successful run", "Sum", 3_600, freshness(monitored)),
                cost(monitored, subject, dpuHourDollars));
    }

    private static List<List<Object>> runs(MonitoredResources monitored) {
        return List.of(
                Metric.executions("ExecutionsSucceeded").inWidget(monitored, "succeeded"),
                Metric.executions("ExecutionsFailed").inWidget(monitored, "failed"),
                Metric.executions("ExecutionsTimedOut").inWidget(monitored, "timed out"),
                Metric.executions("ExecutionsAborted").inWidget(monitored, "aborted"));
    }

    private static List<List<Object>> duration(MonitoredResources monitored) {
        return List.of(Metric.EXECUTION_TIME.inWidget(monitored, "average"));
    }

    private static List<List<Object>> rows(MonitoredResources monitored) {
        return List.of(
                Metric.ofRun(RunMetrics.ROWS_IN).inWidget(monitored, "in"),
                Metric.ofRun(RunMetrics.ROWS_OUT).inWidget(monitored, "out"),
                Metric.ofRun(RunMetrics.ROWS_QUARANTINED).inWidget(monitored, "quarantined"));
    }

    private static List<List<Object>> quarantined(MonitoredResources monitored) {
        return List.of(
                Metric.ofRun(RunMetrics.REJECTED_PERCENT).inWidget(monitored, "quarantined rows, % of rows read"));
    }

    /** The hours since the data were last up to date, at each point in time. */
    private static List<List<Object>> freshness(MonitoredResources monitored) {
        return computed(
                monitored,
                Metric.ofRun(RunMetrics.UP_TO_DATE),
                "(EPOCH(FILL(m, 0)) - FILL(IF(m > 0, EPOCH(m)), REPEAT)) / 3600",
                "hours");
    }

    private static Map<String, Object> cost(
            MonitoredResources monitored, String subject, OptionalDouble dpuHourDollars) {
        var hours = Metric.ofRun(RunMetrics.DPU_HOURS);
        if (dpuHourDollars.isEmpty()) {
            return graph(
                    monitored,
                    subject + "Glue DPU-hours of a run",
                    "Maximum",
                    300,
                    List.of(hours.inWidget(monitored, "DPU-hours")));
        }
        var dollars = computed(monitored, hours, "m * " + dpuHourDollars.getAsDouble(), "dollars");
        return graph(monitored, subject + "Glue cost of a run ($)", "Maximum", 300, dollars);
    }

    private static List<List<Object>> extraction(MonitoredResources monitored) {
        return List.of(
                Metric.FUNCTION_ERRORS.inWidget(monitored, "errors"),
                Metric.FUNCTION_DURATION.inWidget(monitored, "longest"));
    }

    private static List<List<Object>> computed(
            MonitoredResources monitored, Metric metric, String expression, String label) {
        var source = new ArrayList<>(metric.inWidget(monitored, label));
        source.set(source.size() - 1, ordered("id", "m", "visible", false, "stat", metric.statistic()));
        return List.of(List.of(ordered("expression", expression, "label", label)), source);
    }

    private static Map<String, Object> graph(
            MonitoredResources monitored, String title, String statistic, int period, List<List<Object>> metrics) {
        var properties = ordered("title", title, "view", "timeSeries", "region", monitored.region());
        properties.putAll(ordered("stat", statistic, "period", period, "metrics", metrics));
        return ordered("type", "metric", "properties", properties);
    }

    /** Queries the workflow's log, which has the start and the end of every state. */
    private static Map<String, Object> durations(MonitoredResources monitored, String subject) {
        var query = """
                SOURCE '%s'
                | filter type like /State(Entered|Exited)$/
                | stats (max(event_timestamp) - min(event_timestamp)) / 1000 as seconds by execution_arn, details.name
                | stats avg(seconds) as average, max(seconds) as longest by details.name
                | sort average desc""".formatted(monitored.workflowLogGroup());
        var properties = ordered("title", subject + "Durations by state (s)", "view", "table");
        properties.putAll(ordered("region", monitored.region(), "query", query));
        return ordered("type", "log", "properties", properties);
    }

    private static Map<String, Object> placed(Map<String, Object> widget, int index) {
        var placed = ordered("x", index % 2 * WIDTH, "y", index / 2 * HEIGHT, "width", WIDTH, "height", HEIGHT);
        placed.putAll(widget);
        return placed;
    }

    /** Keeps the order of the keys, so that the same dashboard has the same text. */
    private static Map<String, Object> ordered(Object... keysAndValues) {
        var ordered = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            ordered.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return ordered;
    }
}
