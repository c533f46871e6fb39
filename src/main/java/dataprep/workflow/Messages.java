package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.settings.MonitoringSettings;
import java.util.ArrayList;
import java.util.List;

/** The notifications of a run, each as an expression that returns the lines of the message. */
record Messages(MonitoringSettings monitoring, ResourceNames resources) {
    /** The first line of the error message of a function or a job, whose cause is JSON; ends at a quote. */
    private static final String WHY = "($found := $match($failure.cause, /\"[eE]rrorMessage\": *\"([^\"]*)\"/, 1);"
            + " $exists($found) ? $substringBefore($found.groups[0], '\\\\n') : $failure.cause)";

    private static final int LONGEST_REASON = 1_000;
    private static final String EXECUTION = "$states.context.Execution.Id";

    Jsonata failureSubject() {
        return Jsonata.text("Data preparation failed in ", Jsonata.of("$failure.state"));
    }

    Jsonata failure() {
        var lines = new ArrayList<Object>();
        lines.add(Jsonata.text(
                "The data preparation " + monitoring.name() + " failed in ", Jsonata.of("$failure.state")));
        lines.add(Jsonata.text(
                "Error: ",
                Jsonata.of("$failure.error"),
                ": ",
                Jsonata.of("$substring(%s, 0, %d)".formatted(WHY, LONGEST_REASON))));
        lines.add(published());
        lines.add(Jsonata.text(
                "Run: ", ExecutionContext.ID, ", started at ", Jsonata.of("$states.context.Execution.StartTime")));
        lines.addAll(links());
        // the run ended in a Fail state, so a redrive would fail again
        lines.add("To start a new run: aws stepfunctions start-execution --state-machine-arn "
                + resources.liveAliasArn() + " --input '{\"force\": true}'");
        return lines(lines);
    }

    /** The published run when this run began; another run may have published since. */
    private Jsonata published() {
        var manifest =
                "s3://%s/%s".formatted(resources.dataBucket(), resources.paths().manifest());
        return Jsonata.of("'Published: ' & ($exists($published.run_id)"
                + " ? 'still run ' & $published.run_id & ', published at ' & $published.published_at & ', '"
                + " & $string($published.rows) & ' rows; ' : '') & %s".formatted(Jsonata.quote("see " + manifest)));
    }

    Jsonata warningSubject() {
        return Jsonata.text("Data preparation published with warnings");
    }

    Jsonata warning() {
        var rows = Jsonata.of("$string($quality.rows_out)");
        var lines = new ArrayList<Object>();
        lines.add(Jsonata.text(
                "The data preparation " + monitoring.name() + " published ", rows, " rows, with warnings:"));
        lines.add(Jsonata.of("$join($map(%s, function($text) { '- ' & $text }), '\\n')".formatted(warnings())));
        lines.add(Jsonata.text("Report: ", Jsonata.of("$manifest.report")));
        lines.add(Jsonata.text("Run: ", ExecutionContext.ID));
        lines.addAll(links());
        return lines(lines);
    }

    /** The warnings of a report: failed rules of severity warn, and warnings of the job itself. */
    static String warnings() {
        return "$append([$quality.rules[severity = 'warn' and $not(passed)].(name & ': ' & message)],"
                + " $exists($quality.warnings) ? $quality.warnings : [])";
    }

    private List<Object> links() {
        var links = new ArrayList<Object>();
        links.add(Jsonata.text("Execution: " + console("states", "/v2/executions/details/"), Jsonata.of(EXECUTION)));
        links.add("Job runs: " + console("gluestudio", "/editor/job/%s/runs".formatted(resources.transformJob())));
        for (var group : monitoring.logGroups()) {
            // the console expects double encoding with a dollar sign
            links.add("Log: " + console("cloudwatch", "logsV2:log-groups/log-group/" + group.replace("/", "$252F")));
        }
        return links;
    }

    private String console(String service, String place) {
        return Console.address(resources.partition(), resources.region(), service, place);
    }

    private static Jsonata lines(List<Object> lines) {
        var expressions = lines.stream()
                .map(line ->
                        line instanceof Jsonata expression ? expression.expression() : Jsonata.quote(line.toString()))
                .toList();
        return Jsonata.of("$join([\n  %s\n], '\\n')".formatted(String.join(",\n  ", expressions)));
    }
}
