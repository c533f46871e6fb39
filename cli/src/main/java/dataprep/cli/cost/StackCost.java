package dataprep.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.lake.LakePaths;
import dataprep.pricing.Prices;
import dataprep.pricing.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The properties of a stack's resources that determine its cost.
 *
 * @param lambdaMegabytes memory of the extraction function
 * @param workers of the job
 * @param jobTimeoutMinutes after which Glue ends the job
 * @param pipelines the state machines, one for each data set
 * @param rawDays the retention of extracted copies in days
 * @param fixed the number of resources with a monthly price, by Pulumi type
 */
public record StackCost(
        Workers workers,
        int jobTimeoutMinutes,
        int lambdaMegabytes,
        List<Pipeline> pipelines,
        int rawDays,
        Map<String, Integer> fixed) {
    private static final double MEGABYTES = 1_024;
    private static final int MONTH_DAYS = 30;

    /** The properties of a resource that the estimate needs. */
    public record Resource(String type, String name, JsonNode inputs) {}

    /**
     * A state machine.
     *
     * @param sources the number of its sources
     * @param copied the number of its sources whose data are copied: not other data sets
     * @param workers of its job runs
     */
    public record Pipeline(String name, int sources, int copied, long stateTransitions, Workers workers) {}

    /**
     * One size of data for each data set.
     *
     * @param runs a run of each data set
     * @param run the sum of these
     * @param jobMinutes the duration of the longest job run
     */
    public record Estimate(Map<String, Cost> runs, Cost run, double jobMinutes, Cost month) {}

    /**
     * @throws IllegalArgumentException if the stack has no job, no function or no state machine with a known definition
     */
    public static StackCost of(List<Resource> resources, Prices prices) {
        var job = only(resources, "aws:glue/job:Job");
        // that of the lineage runs for less than a second, twice a run
        var functions = resources.stream()
                .filter(resource -> !resource.name().equals("lineage"))
                .toList();
        var function = only(functions, "aws:lambda/function:Function");
        var workers = new Workers(
                job.path("glueVersion").asText(),
                job.path("workerType").asText(),
                job.path("numberOfWorkers").asInt(),
                job.path("executionClass").asText().equals("FLEX"));
        var pipelines = resources.stream()
                .filter(resource -> resource.type().equals("aws:sfn/stateMachine:StateMachine"))
                .map(machine -> pipeline(machine.inputs(), workers))
                .sorted(Comparator.comparing(Pipeline::name))
                .toList();
        if (pipelines.isEmpty()) {
            throw new IllegalArgumentException("the stack has no state machine");
        }
        return new StackCost(
                workers,
                job.path("timeout").asInt(),
                function.path("memorySize").asInt(),
                pipelines,
                rawDays(resources),
                fixed(resources, prices));
    }

    private static Pipeline pipeline(JsonNode machine, Workers workers) {
        var run = SuccessfulRun.of(machine.path("definition").asText());
        return new Pipeline(
                machine.path("name").asText(),
                run.sources().size(),
                (int) run.sources().stream()
                        .filter(uri -> !uri.startsWith(LakePaths.DATASET_SCHEME))
                        .count(),
                run.stateTransitions(),
                new Workers(
                        workers.glueVersion(), workers.type(), run.workers().orElse(workers.number()), workers.flex()));
    }

    /** The estimates by size of data. */
    public Map<String, Estimate> estimates(Sizes sizes, Prices prices) {
        var estimates = new LinkedHashMap<String, Estimate>();
        sizes.gigabytesPerRun().forEach((name, gigabytes) -> {
            var runs = new LinkedHashMap<String, Cost>();
            var lines = new ArrayList<Cost.Line>();
            var minutes = 0.0;
            for (var pipeline : pipelines) {
                var usage = usage(pipeline, gigabytes, sizes);
                var run = Cost.of(usage, prices);
                runs.put(pipeline.name(), run);
                lines.addAll(run.lines());
                minutes = Math.max(minutes, usage.glueSeconds() / 60);
            }
            var run = new Cost(lines);
            estimates.put(name, new Estimate(runs, run, minutes, month(run, gigabytes, sizes, prices)));
        });
        return estimates;
    }

    private Usage usage(Pipeline pipeline, double gigabytes, Sizes sizes) {
        var dpus = pipeline.workers().dpus();
        var jobSeconds = Math.max(60, gigabytes / sizes.gigabytesPerDpuHour() / dpus * 3600);
        // each source takes another second, to start and to read the published entry
        var extracted = pipeline.copied() == 0 ? 0 : gigabytes;
        var extractSeconds = pipeline.sources() + extracted * MEGABYTES / sizes.extractMegabytesPerSecond();
        return new Usage(
                pipeline.workers(),
                jobSeconds * dpus,
                jobSeconds,
                extractSeconds * lambdaMegabytes / MEGABYTES,
                pipeline.sources(),
                pipeline.stateTransitions());
    }

    private Cost month(Cost run, double gigabytes, Sizes sizes, Prices prices) {
        var runs = sizes.runsPerMonth();
        var lines = new ArrayList<Cost.Line>();
        lines.add(new Cost.Line("runs", Cost.number("%,.0f", runs), runs * run.dollars()));
        run.unpriced()
                .forEach(service ->
                        lines.add(new Cost.Line(service, Cost.number("of %,.0f runs", runs), OptionalDouble.empty())));
        var copying =
                pipelines.stream().filter(pipeline -> pipeline.copied() > 0).count();
        var raw = copying * gigabytes * runs / MONTH_DAYS * rawDays;
        var stored = raw + pipelines.size() * gigabytes * sizes.datasetPerInput() * sizes.runsKept();
        var objects = pipelines.size() * runs * Math.max(1, gigabytes * sizes.objectsPerGigabyte());
        lines.add(new Cost.Line(
                "S3",
                Cost.number("%,.1f GB", stored),
                stored * prices.storageGigabyteMonth() + objects * 2 * (prices.write() + prices.read())));
        var logged = pipelines.size() * runs * sizes.logMegabytesPerRun() / MEGABYTES;
        lines.add(new Cost.Line("CloudWatch Logs", Cost.number("%,.2f GB", logged), logged * prices.logGigabyte()));
        fixed.forEach((type, number) -> lines.add(new Cost.Line(
                type.substring(type.lastIndexOf(':') + 1),
                Cost.number("%,.0f", number),
                number * prices.monthly().get(type))));
        return new Cost(lines);
    }

    private static JsonNode only(List<Resource> resources, String type) {
        return resources.stream()
                .filter(resource -> resource.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the stack has no " + type))
                .inputs();
    }

    /** Reads the expiration of the lifecycle rule on raw/; the default is a month. */
    private static int rawDays(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.type().startsWith("aws:s3/bucketLifecycleConfiguration"))
                .flatMap(resource -> resource.inputs().findParents("expiration").stream())
                .filter(rule -> rule.path("filter").path("prefix").asText().endsWith(LakePaths.ROOT.raw()))
                .mapToInt(rule -> rule.path("expiration").path("days").asInt())
                .findFirst()
                .orElse(MONTH_DAYS);
    }

    private static Map<String, Integer> fixed(List<Resource> resources, Prices prices) {
        var fixed = new LinkedHashMap<String, Integer>();
        resources.stream()
                .filter(resource -> prices.monthly().containsKey(resource.type()))
                .sorted(Comparator.comparing(Resource::type))
                .forEach(resource -> fixed.merge(resource.type(), paidFor(resource.inputs()), Integer::sum));
        return fixed;
    }

    /** An alarm is billed by metric: each metric that it queries, and two more for an anomaly detection band. */
    private static int paidFor(JsonNode inputs) {
        var paid = 0;
        for (var query : inputs.path("metricQueries")) {
            paid += query.has("metric") ? 1 : 0;
            paid += query.path("expression").asText().contains("ANOMALY_DETECTION_BAND") ? 2 : 0;
        }
        return Math.max(1, paid);
    }
}
