package dataprep.cli.command;

import dataprep.cli.exit.CommandFailure;
import dataprep.cli.run.Execution;
import dataprep.cli.run.RunTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

@Command(
        name = "retry",
        description = {
            "Redrives a failed run, or starts a new one with the same input, and follows it.",
            "A run that was aborted, timed out or failed by an uncaught error resumes from the state that"
                    + " failed (Step Functions' redrive). A run whose failure was published to SNS has ended in"
                    + " PipelineFailed, which a redrive cannot leave: a new run with the same input starts. It"
                    + " extracts again, which is safe: a failed run has published nothing."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep retry                        the latest run on the local AWS",
            "  dataprep retry RUN -s prod"
        })
public final class RetryCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run's id (default: the latest run)")
    private String run;

    @Option(names = "--json", description = "follow silently, then print the run as JSON, like `show --json`")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (var deployed = target.open()) {
            var failed = deployed.execution(run);
            var description = failed.describe();
            if (!Execution.hasEnded(description) || description.status() == ExecutionStatus.SUCCEEDED) {
                throw CommandFailure.usage("run %s is %s: only a failed run can be retried"
                        .formatted(failed.runId(), RunTable.status(description.status())));
            }
            if (failed.canBeRedriven()) {
                say("Run %s resumes from the state that failed.".formatted(failed.runId()));
                failed.redrive();
                return target.follow(deployed, failed, json);
            }
            say("Run %s cannot be redriven; a new run starts with the same input.".formatted(failed.runId()));
            return target.follow(deployed, deployed.start(description.input()), json);
        }
    }

    private void say(String text) {
        if (!json) {
            System.out.println(text);
        }
    }
}
