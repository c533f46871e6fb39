package dataprep.settings;

import java.util.Map;
import java.util.TreeMap;

/** The settings of examples/shop, a stack with several data sets. */
public final class Shop {
    public static final String DATASETS = """
            [{"recipe": "examples/shop/recipes/customers.json",
              "sources": [{"name": "customers", "uri": "s3://{dataBucket}/samples/customers.csv"}]},
             {"recipe": "examples/shop/recipes/products.json",
              "sources": [{"name": "products", "uri": "s3://{dataBucket}/samples/products.csv"}]},
             {"recipe": "examples/shop/recipes/customer_value.json",
              "sources": [{"name": "sales", "uri": "dataset://sales"},
                          {"name": "customers", "uri": "dataset://customers"}]},
             {"recipe": "examples/shop/recipes/sales.json",
              "sources": [{"name": "orders", "uri": "dataset://orders"},
                          {"name": "customers", "uri": "dataset://customers"},
                          {"name": "products", "uri": "dataset://products"}]},
             {"recipe": "examples/shop/recipes/orders.json",
              "sources": [{"name": "orders", "uri": "s3://{dataBucket}/samples/orders.csv"}]}]""";

    private Shop() {}

    /** The changes of a stack file that make it the shop's. */
    public static Map<String, String> changes() {
        return changes(DATASETS);
    }

    /**
     * @param datasets the list of data sets as JSON
     */
    public static Map<String, String> changes(String datasets) {
        return new TreeMap<>(Map.of("datasets", datasets, "sources", "[]", "sampleData", "examples/shop/data"));
    }

    /** The shop's data sets, of which one has another setting, as JSON. */
    public static String with(String recipe, String setting) {
        return replaced("%s.json\",".formatted(recipe), "%s.json\", %s,".formatted(recipe, setting));
    }

    /** The shop's data sets with one text replaced by another. */
    public static String replaced(String text, String replacement) {
        if (!DATASETS.contains(text)) {
            throw new IllegalArgumentException(text + " is not in the shop's data sets");
        }
        return DATASETS.replace(text, replacement);
    }
}
