package dataprep.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.cli.run.RunTable;
import dataprep.recipe.Recipe;
import dataprep.settings.Source;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What the catalog page shows of a data set.
 *
 * @param recipe that the deployed job executes
 * @param rules the recipe's quality rules, JSON
 * @param sources that its runs extract
 * @param reads the names of the data sets that it reads
 * @param runs the latest, in the table's order
 * @param manifest empty if nothing has been published
 */
public record CatalogEntry(
        Recipe recipe,
        JsonNode rules,
        List<Source> sources,
        SortedSet<String> reads,
        List<RunTable.Row> runs,
        Optional<JsonNode> manifest) {

    String name() {
        return recipe.name();
    }
}
