package dataprep.cli.stack;

import dataprep.cli.exit.CommandFailure;
import dataprep.cli.local.LocalAws;
import dataprep.cli.run.Execution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs every data set of a stack once: starts those that read no other, and follows the runs that their publications
 * start.
 */
public final class StackRun {
    /** The time in which EventBridge starts a run after a publication. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);

    private final DeployedStack stack;
    private final PrintStream out;
    private final Map<String, Instant> ended = new HashMap<>();

    private StackRun(DeployedStack stack, PrintStream out) {
        this.stack = stack;
        this.out = out;
    }

    /** Deploys to a local AWS, runs all data sets and shows the results. */
    public static void deployAndRun(Path state, LocalAws.Endpoint endpoint, PrintStream out) throws Exception {
        var outputs = new DeploymentPrinter(out).up(PulumiStacks.local(state, endpoint));
        try (var deployed = DeployedStack.local(outputs, endpoint, state)) {
            new StackRun(deployed, out).run();
        }
    }

    private void run() throws InterruptedException, IOException {
        if (stack.datasets().size() > 1) {
            out.println("Data sets");
            stack.datasets()
                    .forEach(dataset -> out.println("  " + dataset.name()
                            + (dataset.reads().isEmpty() ? "" : "  <- " + String.join(", ", dataset.reads()))));
        }
        for (var dataset : stack.datasets()) {
            if (stack.datasets().size() > 1) {
                out.printf("%nData set %s%n", dataset.name());
            }
            var execution = dataset.reads().isEmpty() ? dataset.start(false) : startedByPublications(dataset);
            dataset.follow(execution, out);
            // of two publications one after the other, the second may have started a run that waits for the first
            for (var running = dataset.running(); running.isPresent(); running = dataset.running()) {
                dataset.follow(running.get(), out);
            }
            ended.put(dataset.name(), execution.describe().stopDate());
        }
    }

    private Execution startedByPublications(DeployedDataset dataset) throws InterruptedException {
        var since =
                dataset.reads().stream().map(ended::get).max(Instant::compareTo).orElseThrow();
        var deadline = Instant.now().plus(START_PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var started = dataset.startedSince(since);
            if (started.isPresent()) {
                return started.get();
            }
            Thread.sleep(stack.interval().toMillis());
        }
        throw CommandFailure.failed("no run of %s has started within %d seconds of the publication of %s"
                .formatted(dataset.name(), START_PATIENCE.toSeconds(), String.join(", ", dataset.reads())));
    }
}
