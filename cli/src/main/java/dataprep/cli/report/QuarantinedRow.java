package dataprep.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A quarantined row with its origin, its reasons and its fields.
 *
 * @param row its number in its file; empty for a row of the data set
 * @param file from which it was read, relative to the run's raw copies; empty for a row of the data set
 * @param raw the row's text if it has no fields
 */
record QuarantinedRow(String row, String source, String file, List<String> reasons, List<Field> fields, String raw) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MOST_OF_EXCERPT = 80;

    private static final Comparator<JsonNode> BY_PLACE = Comparator.<JsonNode, Boolean>comparing(
                    row -> !row.hasNonNull("row"))
            .thenComparing(row -> row.path("file").asText(""))
            .thenComparingLong(row -> row.path("row").asLong());

    /**
     * @param bad whether a reason names the field
     */
    record Field(String name, String value, boolean bad) {}

    /** The summary that identifies the row. */
    String excerpt() {
        var text = fields.isEmpty() ? raw : fields.stream().map(Field::value).collect(Collectors.joining(", "));
        return text.length() > MOST_OF_EXCERPT ? text.substring(0, MOST_OF_EXCERPT) + " …" : text;
    }

    /** By file and number; those of the data set come last. */
    static List<QuarantinedRow> of(Quarantine quarantine) {
        return quarantine.rows().stream()
                .sorted(BY_PLACE)
                .map(QuarantinedRow::of)
                .toList();
    }

    private static QuarantinedRow of(JsonNode row) {
        var reasons = new ArrayList<String>();
        row.path("reasons").forEach(reason -> reasons.add(words(reason)));
        var raw = row.path("raw").asText();
        var fields = fields(raw, columns(reasons));
        return new QuarantinedRow(
                row.path("row").asText(""),
                row.path("source").asText(),
                row.path("file")
                        .asText("")
                        .replaceFirst("^.*/run_id=[^/]*/", "")
                        .replaceAll("(^|/)(extraction|call)=[^/]*/", "$1"),
                reasons,
                fields,
                fields.isEmpty() ? raw : "");
    }

    private static String words(JsonNode reason) {
        return reason.isTextual()
                ? reason.asText()
                : reason.properties().stream()
                        .map(part -> part.getKey() + " " + part.getValue().asText())
                        .collect(Collectors.joining(", "));
    }

    /** The columns that reasons such as {@code flights.tail_number: required} name. */
    private static Set<String> columns(List<String> reasons) {
        return reasons.stream()
                .map(reason -> reason.replaceFirst(": .*", "").replaceFirst("^[^.]*\\.", ""))
                .collect(Collectors.toSet());
    }

    private static List<Field> fields(String raw, Set<String> bad) {
        try {
            return JSON.readTree(raw).properties().stream()
                    .map(field -> new Field(field.getKey(), value(field.getValue()), bad.contains(field.getKey())))
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static String value(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }
}
