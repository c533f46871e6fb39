package dataprep.components;

import com.pulumi.aws.glue.CatalogDatabase;
import com.pulumi.aws.glue.CatalogDatabaseArgs;
import com.pulumi.aws.glue.CatalogTable;
import com.pulumi.aws.glue.CatalogTableArgs;
import com.pulumi.aws.glue.inputs.CatalogTableStorageDescriptorArgs;
import com.pulumi.aws.glue.inputs.CatalogTableStorageDescriptorColumnArgs;
import com.pulumi.aws.glue.inputs.CatalogTableStorageDescriptorSerDeInfoArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.recipe.Recipe;
import dataprep.settings.PipelineSettings;
import dataprep.workflow.LakePaths;
import dataprep.workflow.PublishedTable;
import java.util.List;
import java.util.Map;

/** The Glue database and the table that readers query; each publish points the table at the new data set. */
public final class Catalog extends ComponentResource {
    private final Output<String> database;
    private final Output<String> table;

    public Catalog(String name, PipelineSettings settings, DataLake lake) {
        super("dataprep:index:Catalog", name);
        var databaseResource = new CatalogDatabase(
                "dataPreparationDatabase",
                CatalogDatabaseArgs.builder()
                        .name(settings.name().replaceAll("[^A-Za-z0-9]+", "_").toLowerCase())
                        .description("Published by the data preparation")
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        var tableResource = new CatalogTable(
                "preparedDataTable",
                CatalogTableArgs.builder()
                        .databaseName(databaseResource.name())
                        .name(settings.recipe().name())
                        .tableType(PublishedTable.TABLE_TYPE)
                        .parameters(PublishedTable.PARAMETERS)
                        .storageDescriptor(
                                lake.dataBucket().applyValue(bucket -> unpublished(settings.recipe(), bucket)))
                        .build(),
                // each publish sets both, with the columns of the very data set that it points to
                CustomResourceOptions.builder()
                        .parent(this)
                        .ignoreChanges("storageDescriptor", "parameters")
                        .build());
        this.database = databaseResource.name();
        this.table = tableResource.name();
        registerOutputs(Map.of("database", database, "table", table));
    }

    public Output<String> database() {
        return database;
    }

    public Output<String> table() {
        return table;
    }

    private static CatalogTableStorageDescriptorArgs unpublished(Recipe recipe, String dataBucket) {
        return CatalogTableStorageDescriptorArgs.builder()
                .location("s3://%s/%srun_id=none/".formatted(dataBucket, LakePaths.DATASET))
                .inputFormat(PublishedTable.INPUT_FORMAT)
                .outputFormat(PublishedTable.OUTPUT_FORMAT)
                .serDeInfo(CatalogTableStorageDescriptorSerDeInfoArgs.builder()
                        .serializationLibrary(PublishedTable.SERDE)
                        .build())
                .columns(columns(recipe))
                .build();
    }

    private static List<CatalogTableStorageDescriptorColumnArgs> columns(Recipe recipe) {
        return recipe.columns().stream()
                .map(column -> CatalogTableStorageDescriptorColumnArgs.builder()
                        .name(column.name())
                        .type(column.hiveType())
                        .build())
                .toList();
    }
}
