package dataprep.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.run.Visit;
import dataprep.cli.run.Visits;
import dataprep.pricing.Prices;
import dataprep.settings.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data of the template. */
record Page(
        SelfContainedPage file,
        String data,
        String recipe,
        String pipeline,
        String runId,
        String started,
        String ended,
        List<RelatedRun> related,
        Headline headline,
        List<Tile> tiles,
        List<Source> sources,
        List<RowFlow> flow,
        String withoutFlow,
        Drawing drawing,
        List<Drawing> whole,
        List<Step> steps,
        Findings findings,
        List<QuarantinedRow> rows,
        String rowsListed,
        PublishedSection published,
        List<CostLine> costs,
        String totalCost,
        String pricesOf) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** States that take no time of their own. */
    private static final Set<String> INSTANT = Set.of("Choice", "Pass", "Succeed", "Fail");

    record Tile(String label, String value, String note, String tone) {}

    /** A row of the table of steps. */
    record Step(
            String title,
            String caption,
            String status,
            String sign,
            String start,
            String duration,
            String attempts,
            String error,
            String cssClass) {}

    boolean hasRows() {
        return !rows.isEmpty();
    }

    boolean hasWhole() {
        return !whole.isEmpty();
    }

    boolean hasRowsOrFlow() {
        return hasRows() || hasFlow();
    }

    boolean hasFlow() {
        return !flow.isEmpty();
    }

    record CostLine(String service, String quantity, String dollars) {}

    private record Bar(String title, long from, long to, String text, String status) {}

    static Page of(ReportInput facts, SelfContainedPage file) {
        var visits = facts.run().visits();
        var definition = DefinitionGraph.of(facts.definition());
        var part = definition.around(visits);
        var flow = RowFlow.of(facts.run().quality());
        var rows = QuarantinedRow.of(facts.quarantine());
        return new Page(
                file,
                data(facts, visits, flow.orElse(null)),
                facts.run().quality().path("recipe").asText(),
                facts.run().pipeline(),
                facts.run().id(),
                Formats.time(facts.run().started()),
                Formats.time(facts.run().stopped()),
                facts.related(),
                Headline.of(facts, visits),
                tiles(facts, flow.orElse(null)),
                facts.sources(),
                flow.stream().toList(),
                withoutFlow(facts),
                Drawing.of(part, facts, visits),
                part.size() < definition.size() ? List.of(Drawing.of(definition, facts, visits)) : List.of(),
                visits.visits().stream()
                        .map(visit -> step(visit, Duration.between(facts.run().started(), visit.entered())))
                        .toList(),
                Findings.of(facts.run().quality()),
                rows,
                listed(facts, rows.size(), flow.orElse(null)),
                PublishedSection.of(facts),
                facts.run().cost().lines().stream()
                        .map(line -> new CostLine(line.service(), line.quantity(), line.text()))
                        .toList(),
                facts.run().cost().total(),
                "%s, %s".formatted(Prices.current().region(), Prices.current().date()));
    }

    private static List<Tile> tiles(ReportInput facts, RowFlow flow) {
        var tiles = new ArrayList<Tile>();
        if (flow != null) {
            var quarantined = facts.run().quality().path("rows_quarantined").asLong();
            var out = facts.run().quality().path("rows_out").asLong();
            tiles.add(new Tile("rows read", Formats.count(flow.rowsIn()), flow.main(), ""));
            tiles.add(new Tile("rows in the data set", Formats.count(out), Formats.percent(out, flow.rowsIn()), ""));
            tiles.add(new Tile(
                    "rows quarantined",
                    Formats.count(quarantined),
                    Formats.percent(quarantined, flow.rowsIn()),
                    quarantined > 0 ? "bad" : ""));
        }
        tiles.add(new Tile("duration", Formats.duration(facts.run().duration()), "", ""));
        tiles.add(new Tile("cost on AWS, estimated", facts.run().cost().total(), "", ""));
        return tiles;
    }

    private static String withoutFlow(ReportInput facts) {
        if (!facts.run().succeeded()) {
            return "The run ended before the job wrote a report.";
        }
        return facts.run().result().path("published").asBoolean()
                ? "The run transformed nothing: it published an earlier run again."
                : "The run transformed nothing.";
    }

    private static Step step(Visit visit, Duration start) {
        return new Step(
                visit.title(),
                visit.resource().isEmpty() ? visit.type() : visit.resource(),
                visit.status().word(),
                visit.status().sign(),
                Formats.duration(start),
                Formats.duration(visit.duration()),
                visit.attempts() > 1 ? String.valueOf(visit.attempts()) : "",
                visit.error(),
                visit.status().cssClass());
    }

    private static String listed(ReportInput facts, int listed, RowFlow flow) {
        if (facts.quarantine().complete()) {
            return "All %s quarantined are listed.%s"
                    .formatted(Formats.count(listed, "row"), flow == null ? "" : " " + flow.others());
        }
        return "Only %s%s are listed; all are stored under quarantine/run_id=%s/ in the data bucket."
                .formatted(
                        flow == null ? "" : Formats.count(listed) + " of ",
                        Formats.count(flow == null ? listed : flow.quarantined(), "row"),
                        facts.run().id());
    }

    /** The charts' data as JSON, escaped so that it cannot end the script element. */
    private static String data(ReportInput facts, Visits.Found visits, RowFlow flow) {
        var bars = visits.visits().stream()
                .filter(visit -> !INSTANT.contains(visit.type()))
                .map(visit -> new Bar(
                        visit.title(),
                        Duration.between(facts.run().started(), visit.entered()).toMillis(),
                        Duration.between(facts.run().started(), visit.left()).toMillis(),
                        Formats.duration(visit.duration()),
                        visit.status().cssClass()))
                .toList();
        var nodes = flow == null ? List.of() : flow.nodes();
        var links = flow == null ? List.of() : flow.links();
        try {
            return JSON.writeValueAsString(Map.of(
                            "milliseconds",
                            facts.run().duration().toMillis(),
                            "bars",
                            bars,
                            "nodes",
                            nodes,
                            "links",
                            links))
                    .replace("&", "\\u0026")
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
