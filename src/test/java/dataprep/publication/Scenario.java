package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dataprep.lake.LakePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A scenario of the model: runs of a definition, earlier published runs, and a fault budget.
 *
 * @param published names of earlier published runs, the current one last
 * @param everyCall whether runs interleave between all calls and all calls can fail; otherwise only calls that other
 *     runs observe
 */
record Scenario(
        String name,
        JsonNode definition,
        List<String> published,
        List<Run> runs,
        Budget budget,
        boolean uniqueEtags,
        boolean everyCall) {

    record Run(String name, JsonNode input) {}

    /**
     * The fault budget of all runs together.
     *
     * @param faults failed calls, with or without effect
     * @param aborts stopped or timed-out executions
     * @param redrives redrives of such executions
     * @param lates abandoned calls that take effect later
     */
    record Budget(int faults, int aborts, int redrives, int lates) {
        static final Budget NONE = new Budget(0, 0, 0, 0);

        @Override
        public String toString() {
            return "%d faults, %d aborts, %d redrives, %d late effects".formatted(faults, aborts, redrives, lates);
        }
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> MESSAGING = Set.of("sns", "events", "cloudwatch");
    private static final Set<String> SHARED = Set.of(LakePaths.ROOT.manifest(), LakePaths.ROOT.outputCsv());
    private static final Set<String> OF_ONE_RUN = Set.of(
            "lambda:invoke",
            "glue:startJobRun.sync",
            "s3:listObjectsV2",
            "s3:headObject",
            "s3:getObject",
            "s3:putObject",
            "sfn:listExecutions");

    static Scenario of(String name, JsonNode definition) {
        return new Scenario(name, definition, List.of(), List.of(), Budget.NONE, false, false);
    }

    /** Earlier published runs. */
    Scenario after(String... names) {
        return new Scenario(name, definition, List.of(names), runs, budget, uniqueEtags, everyCall);
    }

    Scenario run(String run) {
        return run(run, JSON.objectNode());
    }

    /** An execution that reads the published run, like a run of another data set. */
    Scenario reader(String run) {
        return run(run, Definitions.READS);
    }

    Scenario rollback(String run, String to) {
        return run(run, JSON.objectNode().put("rollback_to", to));
    }

    private Scenario run(String run, JsonNode input) {
        var more = new ArrayList<>(runs);
        more.add(new Run(run, input));
        return new Scenario(name, definition, published, more, budget, uniqueEtags, everyCall);
    }

    Scenario faults(int number) {
        return with(new Budget(number, budget.aborts, budget.redrives, budget.lates));
    }

    Scenario aborts(int number) {
        return with(new Budget(budget.faults, number, budget.redrives, budget.lates));
    }

    Scenario redrives(int number) {
        return with(new Budget(budget.faults, budget.aborts, number, budget.lates));
    }

    Scenario lates(int number) {
        return with(new Budget(budget.faults, budget.aborts, budget.redrives, number));
    }

    /** The same runs of a changed definition. */
    Scenario with(Mutation mutation) {
        return new Scenario(name, mutation.apply(definition), published, runs, budget, uniqueEtags, everyCall);
    }

    private Scenario with(Budget changed) {
        return new Scenario(name, definition, published, runs, changed, uniqueEtags, everyCall);
    }

    Scenario withUniqueEtags() {
        return new Scenario(name, definition, published, runs, budget, true, everyCall);
    }

    Scenario withEveryCall() {
        return new Scenario(name, definition, published, runs, budget, uniqueEtags, true);
    }

    @Override
    public String toString() {
        var names = String.join(", ", runs.stream().map(Run::name).toList());
        return "%s (%s; %s%s%s)"
                .formatted(name, names, budget, uniqueEtags ? "; unique ETags" : "", everyCall ? "; every call" : "");
    }

    /** Whether a call needs no interleaving: it reads or writes only data of its own run, or it sends a message. */
    boolean isImmediate(Request request) {
        var service = request.action().split(":")[0];
        if (MESSAGING.contains(service) || request.isWait()) {
            return !request.isWait() || !Clock.isLong(request);
        }
        if (everyCall || !OF_ONE_RUN.contains(request.action())) {
            return false;
        }
        if (ModelTable.isExpiry(request)) {
            return false;
        }
        return !SHARED.contains(request.text("Key")) && !SHARED.contains(request.text("Prefix"));
    }
}
