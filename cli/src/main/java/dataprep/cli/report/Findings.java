package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rule results: rules on the whole data set, and rules that quarantined rows.
 *
 * @param notListed the number of reasons that the quality report omits
 */
record Findings(List<Rule> rules, List<Reason> reasons, long notListed, List<String> warnings) {

    /** @param cssClass good, warning or bad */
    record Rule(String name, String severity, String message, String verdict, String cssClass) {}

    record Reason(String source, String column, String rule, String rows, double width, List<String> samples) {}

    static Findings of(JsonNode quality) {
        var most = stream(quality.path("reasons"))
                .mapToLong(reason -> reason.path("rows").asLong())
                .max()
                .orElse(1);
        return new Findings(
                stream(quality.path("rules")).map(Findings::rule).toList(),
                stream(quality.path("reasons"))
                        .map(reason -> reason(reason, Math.max(1, most)))
                        .toList(),
                quality.path("reasons_not_listed").asLong(),
                texts(quality.path("warnings")));
    }

    /** The number of failed rules; in a run that passed, they only warn. */
    long unmet() {
        return rules.stream().filter(rule -> !rule.cssClass().equals("good")).count();
    }

    boolean hasRules() {
        return !rules.isEmpty();
    }

    boolean hasReasons() {
        return !reasons.isEmpty();
    }

    boolean hasWarnings() {
        return !warnings.isEmpty();
    }

    String moreReasons() {
        return notListed == 0 ? "" : Formats.count(notListed, "further reason") + " in the catalog's table of rules.";
    }

    private static Rule rule(JsonNode rule) {
        var severity = rule.path("severity").asText();
        var passed = rule.path("passed").asBoolean();
        var bad = severity.equals("fail run");
        return new Rule(
                rule.path("name").asText(),
                severity,
                rule.path("message").asText(),
                passed ? "✓ met" : bad ? "✕ not met" : "! not met",
                passed ? "good" : bad ? "bad" : "warning");
    }

    private static Reason reason(JsonNode reason, long most) {
        var rows = reason.path("rows").asLong();
        return new Reason(
                reason.path("source").asText(),
                reason.path("column").asText(""),
                reason.path("rule").asText(),
                Formats.count(rows),
                100.0 * rows / most,
                texts(reason.path("samples")));
    }

    private static List<String> texts(JsonNode values) {
        var texts = new ArrayList<String>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
