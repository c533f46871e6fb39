package dataprep.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.pricing.Prices;
import dataprep.pricing.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What of a stack's resources decides on its cost.
 *
 * @param lambdaMegabytes memory of the extraction function
 * @param jobTimeoutMinutes after which Glue ends the job
 * @param rawDays how long extracted copies are kept
 * @param fixed what costs something each month, by its Pulumi type: how many of them are paid for
 */
public record StackCost(
        Workers workers,
        int jobTimeoutMinutes,
        int lambdaMegabytes,
        int sources,
        long stateTransitions,
        int rawDays,
        Map<String, Integer> fixed) {
    private static final double MEGABYTES = 1_024;
    private static final int MONTH_DAYS = 30;

    /** A resource as far as it matters here. */
    public record Resource(String type, JsonNode inputs) {}

    /** One size: what a run costs and how long its job takes, and what a month costs with everything. */
    public record Estimate(Cost run, double jobMinutes, Cost month) {}

    /** @throws IllegalArgumentException if there is no job, no function or no state machine whose definition is known */
    public static StackCost of(List<Resource> resources, Prices prices) {
        var job = only(resources, "aws:glue/job:Job");
        var function = only(resources, "aws:lambda/function:Function");
        var definition = only(resources, "aws:sfn/stateMachine:StateMachine")
                .path("definition")
                .asText();
        return new StackCost(
                new Workers(
                        job.path("glueVersion").asText(),
                        job.path("workerType").asText(),
                        job.path("numberOfWorkers").asInt(),
                        job.path("executionClass").asText().equals("FLEX")),
                job.path("timeout").asInt(),
                function.path("memorySize").asInt(),
                SuccessfulRun.items(definition),
                SuccessfulRun.stateTransitions(definition),
                rawDays(resources),
                fixed(resources, prices));
    }

    /** Each size of data, by its name. */
    public Map<String, Estimate> estimates(Sizes sizes, Prices prices) {
        var estimates = new LinkedHashMap<String, Estimate>();
        sizes.gigabytesPerRun().forEach((name, gigabytes) -> {
            var usage = usage(gigabytes, sizes);
            var run = Cost.of(usage, prices);
            estimates.put(name, new Estimate(run, usage.glueSeconds() / 60, month(run, gigabytes, sizes, prices)));
        });
        return estimates;
    }

    private Usage usage(double gigabytes, Sizes sizes) {
        var jobSeconds = Math.max(60, gigabytes / sizes.gigabytesPerDpuHour() / workers.dpus() * 3600);
        // each source takes a second besides, to start and to look at what is published
        var extractSeconds = sources + gigabytes * MEGABYTES / sizes.extractMegabytesPerSecond();
        return new Usage(
                workers,
                jobSeconds * workers.dpus(),
                jobSeconds,
                extractSeconds * lambdaMegabytes / MEGABYTES,
                sources,
                stateTransitions);
    }

    private Cost month(Cost run, double gigabytes, Sizes sizes, Prices prices) {
        var runs = sizes.runsPerMonth();
        var lines = new ArrayList<Cost.Line>();
        lines.add(new Cost.Line("runs", Cost.number("%,.0f", runs), runs * run.dollars()));
        run.unpriced()
                .forEach(service ->
                        lines.add(new Cost.Line(service, Cost.number("of %,.0f runs", runs), OptionalDouble.empty())));
        var raw = gigabytes * runs / MONTH_DAYS * rawDays;
        var stored = raw + gigabytes * sizes.datasetPerInput() * sizes.runsKept();
        var objects = runs * Math.max(1, gigabytes * sizes.objectsPerGigabyte());
        lines.add(new Cost.Line(
                "S3",
                Cost.number("%,.1f GB", stored),
                stored * prices.storageGigabyteMonth() + objects * 2 * (prices.write() + prices.read())));
        var logged = runs * sizes.logMegabytesPerRun() / MEGABYTES;
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

    /** Of the lifecycle rule on raw/, however it is written down; a stack without one keeps copies for a month. */
    private static int rawDays(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.type().startsWith("aws:s3/bucketLifecycleConfiguration"))
                .flatMap(resource -> resource.inputs().findParents("expiration").stream())
                .filter(rule -> rule.path("filter").path("prefix").asText().equals("raw/"))
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

    /** An alarm is paid for by the metric: each one that it queries, and for a band of what is usual two more. */
    private static int paidFor(JsonNode inputs) {
        var paid = 0;
        for (var query : inputs.path("metricQueries")) {
            paid += query.has("metric") ? 1 : 0;
            paid += query.path("expression").asText().contains("ANOMALY_DETECTION_BAND") ? 2 : 0;
        }
        return Math.max(1, paid);
    }
}
