package dataprep.failures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The matrix as a document: one table for each task. */
public final class FailureDocs {
    private FailureDocs() {}

    public static String of(List<FailureRow> rows) {
        var byTask = rows.stream()
                .collect(Collectors.groupingBy(FailureRow::state, LinkedHashMap::new, Collectors.toList()));
        return byTask.entrySet().stream()
                .map(task -> "### %s\n\n%s".formatted(task.getKey(), table(task.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String table(List<FailureRow> rows) {
        return rows.stream()
                .map(row -> "| %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                                row.fault().what(),
                                row.fault().error().map(FailureDocs::code).orElse("none"),
                                row.retries() == 0 ? "never" : row.retries() + " times",
                                then(row),
                                row.published(),
                                row.notification()))
                .collect(Collectors.joining(
                        "",
                        "| fault | error | retries | then | published | notification |\n|---|---|---|---|---|---|\n",
                        ""));
    }

    private static String then(FailureRow row) {
        if (row.fault().error().isEmpty()) {
            return "the next states detect it";
        }
        if (row.ends().isEmpty()) {
            return "the execution fails at once";
        }
        return "%s catches it, the run ends in %s"
                .formatted(
                        code(row.caughtBy()),
                        row.ends().stream().map(FailureDocs::code).collect(Collectors.joining(" or ")));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
