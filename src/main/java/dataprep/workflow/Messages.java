package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.lake.LakePaths;
import dataprep.settings.MonitoringSettings;
import java.util.ArrayList;
import java.util.List;

/** What people read about a run, each message as an expression that gives its lines. */
record Messages(MonitoringSettings watching, ResourceNames resources) {
    /** Of a function's or a job's error, whose cause is JSON, the first line of the message, up to a quote in it. */
    private static final String WHY = "($found := $match($failure.cause, /\"[eE]rrorMessage\": *\"([^\"]*)\"/, 1);"
            + " $exists($found) ? $substringBefore($found.groups[0], '\\\\n') : $failure.cause)";

    private static final int LONGEST_REASON = 1_000;
    private static final String EXECUTION = "$states.context.Execution.Id";

    Jsonata failureSubject() {
        return Jsonata.text("Data preparation failed in ", Jsonata.of("$failure.state"));
    }

    Jsonata failure() {
        var lines = new ArrayList<Object>();
        lines.add(
                Jsonata.text("The data preparation " + watching.stack() + " failed in ", Jsonata.of("$failure.state")));
        lines.add(Jsonata.text(
                "Why: ",
                Jsonata.of("$failure.error"),
                ": ",
                Jsonata.of("$substring(%s, 0, %d)".formatted(WHY, LONGEST_REASON))));
        lines.add(published());
        lines.add(Jsonata.text(
                "Run: ", ExecutionContext.ID, ", started at ", Jsonata.of("$states.context.Execution.StartTime")));
        lines.addAll(links());
        // it has ended in a Fail state, from where a redrive goes nowhere
        lines.add("To run again: aws stepfunctions start-execution --state-machine-arn " + resources.liveAliasArn()
                + " --input '{\"force\": true}'");
        return lines(lines);
    }

    /** As it was when the run began: another run may have published since. */
    private Jsonata published() {
        var now = "s3://%s/%s names".formatted(resources.dataBucket(), LakePaths.MANIFEST);
        return Jsonata.of("'Published: ' & ($exists($published.run_id)"
                + " ? 'still run ' & $published.run_id & ' of ' & $published.published_at & ', '"
                + " & $string($published.rows) & ' rows; ' : '') & %s".formatted(Jsonata.quote("what " + now)));
    }

    Jsonata warningSubject() {
        return Jsonata.text("Data preparation published with warnings");
    }

    Jsonata warning() {
        var rows = Jsonata.of("$string($quality.rows_out)");
        var lines = new ArrayList<Object>();
        lines.add(Jsonata.text(
                "The data preparation " + watching.stack() + " published ", rows, " rows, with warnings:"));
        lines.add(Jsonata.of("$join($map(%s, function($text) { '- ' & $text }), '\\n')".formatted(warnings())));
        lines.add(Jsonata.text("Report: ", Jsonata.of("$manifest.report")));
        lines.add(Jsonata.text("Run: ", ExecutionContext.ID));
        lines.addAll(links());
        return lines(lines);
    }

    /** The texts of a report's warnings: rules that do not hold but stop no run, and what the job itself noticed. */
    static String warnings() {
        return "$append([$quality.rules[severity = 'warn' and $not(passed)].(name & ': ' & message)],"
                + " $exists($quality.warnings) ? $quality.warnings : [])";
    }

    private List<Object> links() {
        var links = new ArrayList<Object>();
        links.add(Jsonata.text("Execution: " + console("states", "/v2/executions/details/"), Jsonata.of(EXECUTION)));
        links.add("Job runs: " + console("gluestudio", "/editor/job/%s/runs".formatted(resources.transformJob())));
        for (var group : watching.logGroups()) {
            // the console wants what it gets encoded twice, with a dollar sign
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
