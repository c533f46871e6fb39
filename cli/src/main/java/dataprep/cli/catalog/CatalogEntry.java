package dataprep.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.cli.run.RunTable;
import dataprep.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What the catalog page shows of a data set.
 *
 * @param recipe that the deployed job executes
 * @param rules the recipe's quality rules, JSON
 * @param addresses of the sources, {name, uri, kind}
 * @param reads the names of the data sets that it reads
 * @param runs the latest, in the table's order
 * @param manifest empty if nothing has been published
 */
public record CatalogEntry(
        Recipe recipe,
        JsonNode rules,
        List<Source> addresses,
        SortedSet<String> reads,
        List<RunTable.Row> runs,
        Optional<JsonNode> manifest) {

    /** A source of the recipe, its address, and what kind of source it is. */
    public record Source(String name, String uri, String kind) {}

    String name() {
        return recipe.name();
    }
}
