package dataprep.cli.acceptance;

import dataprep.cli.acceptance.AcceptanceReport.Finding;
import dataprep.cli.logs.RunLogs;
import dataprep.cli.run.Execution;
import dataprep.settings.LogGroups;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Checks that the logs of a run arrive in the stack's log groups. */
public record AcceptanceLogs(AcceptanceStack stack, AcceptanceReport report) {

    public void check(Execution run) throws InterruptedException {
        var history = run.history();
        var logs = stack.deployed().logs();
        check(Assumption.FUNCTION_LOGS, () -> logs.ofFunction(run.runId(), history), AcceptanceLogs::hasLines);
        check(
                Assumption.JOB_LOGS,
                () -> logs.ofJob(history),
                streams -> hasLines(of("output/", streams)) && hasLines(of("error/", streams)));
        report.check(Assumption.WORKFLOW_LOGS, () -> {
            var group = new LogGroups(stack.name()).workflow("");
            var found = stack.await(
                    () -> stack
                            .aws()
                            .logs()
                            .filterLogEventsPaginator(request ->
                                    request.logGroupName(group).filterPattern("\"%s\"".formatted(run.runId())))
                            .events()
                            .stream()
                            .count(),
                    count -> count > 0);
            return Finding.of(found > 0, "%d events in %s".formatted(found, group));
        });
    }

    private void check(
            Assumption assumption, Callable<List<RunLogs.Stream>> lookUp, Predicate<List<RunLogs.Stream>> condition)
            throws InterruptedException {
        report.check(assumption, () -> {
            var streams = stack.await(lookUp, condition);
            var names = streams.stream()
                    .map(stream ->
                            "%s (%d)".formatted(stream.name(), stream.lines().size()))
                    .toList();
            return Finding.of(condition.test(streams), "streams with lines: " + String.join(", ", names));
        });
    }

    private static List<RunLogs.Stream> of(String group, List<RunLogs.Stream> streams) {
        return streams.stream()
                .filter(stream -> stream.name().startsWith(group))
                .toList();
    }

    private static boolean hasLines(List<RunLogs.Stream> streams) {
        return streams.stream().anyMatch(stream -> !stream.lines().isEmpty());
    }
}
