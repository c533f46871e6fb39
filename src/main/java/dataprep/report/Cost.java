package dataprep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run costs on AWS, from its history and public prices; S3 and logs are not in it. */
record Cost(List<Item> items, String asOf) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEAST_JOB_SECONDS = 60;

    record Item(String what, String quantity, double dollars) {
        String amount() {
            return Words.dollars(dollars);
        }
    }

    static Cost of(RunFacts facts, Visits.Found visits) {
        var prices = Resource.json("prices.json");
        var items = Stream.of(
                        Optional.of(transitions(visits, prices)), jobRuns(facts, prices), functions(visits, prices))
                .flatMap(Optional::stream)
                .toList();
        return new Cost(items, prices.path("asOf").asText());
    }

    String total() {
        return Words.dollars(items.stream().mapToDouble(Item::dollars).sum());
    }

    private static Item transitions(Visits.Found visits, JsonNode prices) {
        var retries = visits.visits().stream()
                .mapToLong(visit -> Math.max(0, visit.attempts() - 1))
                .sum();
        var transitions = visits.visits().size() + retries;
        return new Item(
                "Step Functions",
                Words.count(transitions, "state transition"),
                transitions * prices.path("stateTransition").asDouble());
    }

    private static Optional<Item> jobRuns(RunFacts facts, JsonNode prices) {
        var runs = facts.events().stream()
                .filter(event -> event.type().startsWith("Task") && !event.enters())
                .flatMap(event -> Stream.of(event.payload(), event.cause()))
                .map(Cost::json)
                .filter(run -> run.hasNonNull("JobRunState") && run.has("ExecutionTime"))
                .toList();
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        var hours = runs.stream().mapToDouble(run -> dpuSeconds(run, prices)).sum() / 3600;
        var version = runs.get(0).path("GlueVersion").asText();
        var price = prices.path("glueDpuHour")
                .path(version)
                .asDouble(prices.path("glueDpuHour").path("other").asDouble());
        var seconds = runs.stream()
                .mapToLong(run -> run.path("ExecutionTime").asLong())
                .sum();
        var quantity = "%s of Glue %s, %s × %s"
                .formatted(
                        Words.count(seconds, "second"),
                        version,
                        runs.get(0).path("NumberOfWorkers").asText(),
                        runs.get(0).path("WorkerType").asText());
        return Optional.of(new Item("Glue", quantity, hours * price));
    }

    /** As Glue reports it where workers come and go, else for all of them; a minute at least. */
    private static double dpuSeconds(JsonNode run, JsonNode prices) {
        if (run.hasNonNull("DPUSeconds")) {
            return run.path("DPUSeconds").asDouble();
        }
        var perWorker = prices.path("dpuPerWorker")
                .path(run.path("WorkerType").asText())
                .asDouble(1);
        return Math.max(LEAST_JOB_SECONDS, run.path("ExecutionTime").asDouble())
                * run.path("NumberOfWorkers").asInt(2)
                * perWorker;
    }

    /** The history does not tell what Lambda bills: the time until the answer is about that. */
    private static Optional<Item> functions(Visits.Found visits, JsonNode prices) {
        var calls = visits.visits().stream()
                .filter(visit -> visit.resource().startsWith("lambda:"))
                .toList();
        var seconds =
                calls.stream().mapToLong(visit -> visit.duration().toMillis()).sum() / 1000.0;
        var attempts = calls.stream().mapToInt(Visit::attempts).sum();
        var megabytes = prices.path("functionMegabytes").asInt();
        var dollars = attempts * prices.path("functionCall").asDouble()
                + seconds
                        * megabytes
                        / 1024
                        * prices.path("functionGigabyteSecond").asDouble();
        var quantity = "%s, %s at %d MB".formatted(Words.count(attempts, "call"), Words.seconds(seconds), megabytes);
        return attempts == 0 ? Optional.empty() : Optional.of(new Item("Lambda", quantity, dollars));
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
