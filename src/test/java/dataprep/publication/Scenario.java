package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dataprep.lake.LakePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the model explores: some runs of a definition after some that have published, and how much goes wrong.
 *
 * @param published names of the runs that have published before, the current one last
 * @param everyCall whether runs interleave between all calls, and all can fail; else between those that others see
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
     * How much goes wrong, all runs together.
     *
     * @param faults calls that fail, with or without their effect
     * @param aborts executions that are stopped, or time out
     * @param redrives of such executions
     * @param lates calls that are given up and have their effect later
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
    private static final Set<String> SHARED = Set.of(LakePaths.MANIFEST, LakePaths.OUTPUT_CSV);
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

    /** Runs that have published before. */
    Scenario after(String... names) {
        return new Scenario(name, definition, List.of(names), runs, budget, uniqueEtags, everyCall);
    }

    Scenario run(String run) {
        return run(run, JSON.objectNode());
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

    /**
     * Whether a call is made at once, together with what came before it: it reads or writes what no other run touches, or
     * it tells people something.
     */
    boolean isImmediate(Request request) {
        var service = request.action().split(":")[0];
        if (MESSAGING.contains(service) || request.isWait()) {
            return !request.isWait() || !Clock.isLong(request);
        }
        if (everyCall || !OF_ONE_RUN.contains(request.action())) {
            return false;
        }
        return !SHARED.contains(request.text("Key")) && !SHARED.contains(request.text("Prefix"));
    }
}
