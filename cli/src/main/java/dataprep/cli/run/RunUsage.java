package dataprep.cli.run;

import dataprep.cli.cost.Usage;
import dataprep.cli.logs.JobRun;
import dataprep.cli.logs.RunLogs;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Reads a run's usage from its history and from Lambda's REPORT log lines. */
public final class RunUsage {
    /** https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html */
    private static final Pattern BILLED =
            Pattern.compile("^REPORT RequestId: .*Billed Duration: (\\d+) ms\\s+Memory Size: (\\d+) MB");

    private static final double MILLISECONDS = 1_000;
    private static final double MEGABYTES = 1_024;

    private RunUsage() {}

    public static Usage of(List<HistoryEvent> history, List<RunLogs.Stream> functionLogs) {
        var jobs = JobRun.of(history);
        var billed = functionLogs.stream()
                .flatMap(stream -> stream.lines().stream())
                .flatMap(line -> BILLED.matcher(line).results())
                .mapToDouble(RunUsage::gigabyteSeconds)
                .toArray();
        return new Usage(
                jobs.isEmpty() ? null : jobs.get(0).workers(),
                jobs.stream().mapToDouble(JobRun::dpuSeconds).sum(),
                jobs.stream().mapToDouble(JobRun::seconds).sum(),
                java.util.Arrays.stream(billed).sum(),
                billed.length,
                stateTransitions(history));
    }

    private static double gigabyteSeconds(MatchResult report) {
        return Long.parseLong(report.group(1)) / MILLISECONDS * Long.parseLong(report.group(2)) / MEGABYTES;
    }

    /** Counts each state entered and each task retried. */
    private static long stateTransitions(List<HistoryEvent> history) {
        var entered = history.stream()
                .filter(event -> event.stateEnteredEventDetails() != null)
                .count();
        return entered + Visits.retries(history.stream().map(RunEvent::of).toList());
    }
}
