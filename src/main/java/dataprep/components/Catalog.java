package dataprep.components;

import com.pulumi.aws.glue.CatalogDatabase;
import com.pulumi.aws.glue.CatalogDatabaseArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/** The Glue database with the tables of all data sets. */
public final class Catalog extends ComponentResource {
    private final Output<String> database;

    public Catalog(String name, Foundation foundation) {
        super("dataprep:index:Catalog", name);
        var databaseName = foundation.settings().name().replaceAll("[^A-Za-z0-9]+", "_");
        this.database = new CatalogDatabase(
                        "dataPreparationDatabase",
                        CatalogDatabaseArgs.builder()
                                .name(databaseName.toLowerCase())
                                .description("Published by the data preparation")
                                .build(),
                        CustomResourceOptions.builder().parent(this).build())
                .name();
        registerOutputs(Map.of("database", database));
    }

    public Output<String> database() {
        return database;
    }
}
