package dataprep.cli.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.run.RunTable;
import dataprep.recipe.Recipe;
import dataprep.settings.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The catalog page of examples/shop. */
final class Catalogs {
    private static final Path RECIPES = Path.of("examples", "shop", "recipes");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Catalogs() {}

    static String shop() throws Exception {
        return page(RECIPES);
    }

    /**
     * @param recipes the folder of the recipes
     */
    static String page(Path recipes) throws Exception {
        var entries = new ArrayList<CatalogEntry>();
        entries.add(
                entry(recipes, "customers", ExecutionStatus.SUCCEEDED, Map.of("customers", "s3://b/customers.csv")));
        entries.add(entry(recipes, "products", ExecutionStatus.FAILED, Map.of("products", "https://e.org/<p>.csv")));
        entries.add(entry(recipes, "orders", ExecutionStatus.SUCCEEDED, Map.of("orders", "s3://b/orders.csv")));
        entries.add(entry(
                recipes,
                "sales",
                ExecutionStatus.RUNNING,
                Map.of(
                        "orders", "dataset://orders",
                        "customers", "dataset://customers",
                        "products", "dataset://products")));
        entries.add(entry(
                recipes,
                "customer_value",
                null,
                Map.of("sales", "dataset://sales", "customers", "dataset://customers")));
        return CatalogPage.html("data-preparation-test", entries, Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static CatalogEntry entry(Path recipes, String name, ExecutionStatus status, Map<String, String> addresses)
            throws Exception {
        var file = recipes.resolve(name + ".json");
        var reads = new TreeSet<String>();
        addresses.values().stream()
                .filter(uri -> uri.startsWith("dataset://"))
                .forEach(uri -> reads.add(uri.substring("dataset://".length())));
        var runs = status == null
                ? List.<RunTable.Row>of()
                : List.of(new RunTable.Row(
                        ExecutionListItem.builder()
                                .name("run-of-" + name)
                                .status(status)
                                .startDate(Instant.parse("2026-01-01T00:00:00Z"))
                                .build(),
                        Optional.empty(),
                        status == ExecutionStatus.SUCCEEDED));
        var manifest =
                JSON.readTree("{\"run_id\": \"run-of-%s\", \"rows\": 1234, \"published_at\": \"2026-01-01T00:01:00Z\"}"
                        .formatted(name));
        return new CatalogEntry(
                Recipe.read(file),
                JSON.readTree(file.toFile()).path("quality"),
                addresses.entrySet().stream()
                        .map(source -> Source.of(source.getKey(), source.getValue()))
                        .toList(),
                reads,
                runs,
                status == null ? Optional.empty() : Optional.of(manifest));
    }
}
