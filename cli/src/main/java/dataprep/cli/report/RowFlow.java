package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The flow of a run's rows, from its quality report.
 *
 * @param quarantined rows of all sources, and of the data set
 * @param ends the destinations of the main source's rows, with their numbers
 */
record RowFlow(
        String main,
        long rowsIn,
        long quarantined,
        List<Node> nodes,
        List<Link> links,
        List<End> ends,
        List<Lookup> lookups) {
    /**
     * @param kind the colour in the drawing: in, checked, out, bad, dropped or kept
     */
    record Node(String id, String label, long rows, String kind) {}

    record Link(String source, String target, long rows, String kind) {}

    record End(String kind, String label, String meaning, long rows, long of) {
        String count() {
            return Formats.count(rows);
        }

        String share() {
            return Formats.percent(rows, of);
        }

        /** The width of a bar of 100; a value above zero is always visible. */
        double width() {
            return rows == 0 ? 0 : Math.max(0.5, 100.0 * rows / Math.max(1, of));
        }
    }

    /** A source that only gives columns to the rows of the main one. */
    record Lookup(String name, String rows, String quarantined) {}

    static Optional<RowFlow> of(JsonNode quality) {
        return quality.has("rows_in") ? Optional.of(new Builder(quality).build()) : Optional.empty();
    }

    boolean hasLookups() {
        return !lookups.isEmpty();
    }

    String conserved() {
        var kept = nodes.stream().filter(node -> node.id().equals("kept")).findFirst();
        return "Each of the %s read from %s%s is in exactly one line of the table."
                .formatted(
                        Formats.count(rowsIn, "row"),
                        main,
                        kept.map(node -> " and of the %s retained from the last publish"
                                        .formatted(Formats.count(node.rows())))
                                .orElse(""));
    }

    /** The destinations of the main source's rows that are not quarantined. */
    String others() {
        var dropped = ends.stream()
                .filter(end -> end.kind().equals("dropped"))
                .map(end -> "%s (%s)".formatted(end.label(), end.count()))
                .collect(Collectors.joining(" or "));
        return "Every other row of %s is in the data set%s."
                .formatted(main, dropped.isEmpty() ? "" : ", unless it was " + dropped);
    }

    /** Builds the parts without links that no row took. */
    private static final class Builder {
        private final JsonNode quality;
        private final String main;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final List<End> ends = new ArrayList<>();

        private Builder(JsonNode quality) {
            this.quality = quality;
            this.main = main(quality);
        }

        private RowFlow build() {
            var in = rows("rows_in");
            var ofMain = quality.at("/sources/" + main + "/rows_quarantined").asLong();
            var rejected = rows("rows_quarantined") - ofMain;
            var ofAllSources = 0L;
            for (var source : quality.path("sources")) {
                ofAllSources += source.path("rows_quarantined").asLong();
            }
            node(main, main, in, "in");
            node("checked", "checked", in - ofMain, "checked");
            node("kept", "retained from the last publish", rows("rows_kept"), "kept");
            link(main, "checked", in - ofMain, "in");
            end("out", "in the data set", "met the recipe", rows("rows_out"));
            link("checked", "out", rows("rows_out") - rows("rows_kept"), "out");
            link("kept", "out", rows("rows_kept"), "kept");
            end("bad", "quarantined", "a value did not fit its column, or the row could not be read", ofMain);
            link(main, "bad", ofMain, "bad");
            leave("rejected", "quarantined by a rule", "a rule on the data set rejected the row", rejected, "bad");
            leave("deduplicated", "deduplicated", "another row has the same key", rows("rows_deduplicated"), "dropped");
            leave("filtered", "filtered out", "a filter of the recipe removed it", rows("rows_filtered"), "dropped");
            leave("aggregated", "aggregated", "several rows became one", rows("rows_aggregated"), "dropped");
            return new RowFlow(main, in, ofAllSources + rejected, nodes, links, ends, lookups());
        }

        private void leave(String id, String label, String meaning, long rows, String kind) {
            if (rows != 0) {
                end(id, label, meaning, rows, kind);
                link("checked", id, rows, kind);
            }
        }

        private void end(String kind, String label, String meaning, long rows) {
            end(kind, label, meaning, rows, kind);
        }

        private void end(String id, String label, String meaning, long rows, String kind) {
            node(id, label, rows, kind);
            ends.add(new End(kind, label, meaning, rows, Math.max(rows("rows_in"), rows("rows_out"))));
        }

        private void node(String id, String label, long rows, String kind) {
            if (rows > 0) {
                nodes.add(new Node(id, label, rows, kind));
            }
        }

        private void link(String source, String target, long rows, String kind) {
            if (rows > 0) {
                links.add(new Link(source, target, rows, kind));
            }
        }

        private List<Lookup> lookups() {
            return quality.path("sources").properties().stream()
                    .filter(source -> !source.getKey().equals(main))
                    .map(source -> new Lookup(
                            source.getKey(),
                            Formats.count(source.getValue().path("rows_in").asLong()),
                            Formats.count(
                                    source.getValue().path("rows_quarantined").asLong())))
                    .toList();
        }

        private long rows(String field) {
            return quality.path(field).asLong();
        }

        private static String main(JsonNode quality) {
            return quality.path("main").asText();
        }
    }
}
