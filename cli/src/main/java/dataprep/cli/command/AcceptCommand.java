package dataprep.cli.command;

import dataprep.cli.acceptance.AcceptanceLogs;
import dataprep.cli.acceptance.AcceptanceMetrics;
import dataprep.cli.acceptance.AcceptanceReport;
import dataprep.cli.acceptance.AcceptanceReport.Finding;
import dataprep.cli.acceptance.AcceptanceReport.Verdict;
import dataprep.cli.acceptance.AcceptanceRuns;
import dataprep.cli.acceptance.AcceptanceStack;
import dataprep.cli.acceptance.Assumption;
import dataprep.cli.acceptance.ConditionalWriteChecks;
import dataprep.cli.acceptance.FailureTopicQueue;
import dataprep.cli.acceptance.UnannouncedEndings;
import dataprep.cli.exit.ExitCodes;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "accept",
        description = {
            "Deploys a stack and checks the assumptions of docs/aws-assumptions.md on it.",
            "Starts six runs, changes a source and restores it, makes a run and a job run fail, and leaves the first"
                    + " run published. Use a stack with disposable data. Deletes the state machines, rules, queues and"
                    + " objects that it created."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep accept -s dev                on AWS; about half an hour",
            "  dataprep accept                       on the running local AWS"
        })
public final class AcceptCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Override
    public Integer call() throws Exception {
        try (var deployed = AcceptanceStack.deploy(target.stack(), target.state(), System.out)) {
            var report = accept(deployed);
            System.out.println();
            report.lines().forEach(System.out::println);
            var differing = report.of(Verdict.DIFFERS);
            System.out.printf(
                    "%n%d confirmed, %d differ, %d not checked%n",
                    report.of(Verdict.HOLDS).size(),
                    differing.size(),
                    report.of(Verdict.NOT_CHECKED).size());
            return differing.isEmpty() ? ExitCodes.OK : ExitCodes.RUN_FAILED;
        }
    }

    private static AcceptanceReport accept(AcceptanceStack stack) throws Exception {
        var report = new AcceptanceReport(stack.local());
        var began = Instant.now();
        report.check(
                Assumption.NO_DIFFERENCE,
                () -> stack.isUnchanged() ? Finding.of(true, "no change") : Finding.of(false, "changes"));
        var runs = new AcceptanceRuns(stack, report, System.out);
        try (var queue = new FailureTopicQueue(stack)) {
            var first = runs.publish();
            runs.withoutAChange();
            runs.afterAChange(first);
            new ConditionalWriteChecks(stack, report).check();
            runs.failing(queue);
            runs.rolledBackTo(first);
            runs.aborted(queue);
            new UnannouncedEndings(stack, report, queue).check();
            new AcceptanceLogs(stack, report).check(first);
        }
        new AcceptanceMetrics(stack, report, began).check();
        return report;
    }
}
