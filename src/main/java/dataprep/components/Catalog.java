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
import dataprep.lake.LakePaths;
import dataprep.recipe.Recipe;
import dataprep.settings.PipelineSettings;
import dataprep.workflow.PublishedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Glue database with the tables that readers query: the data set, whose table each publish updates, and the
 * quarantined rows and rule results of all runs.
 */
public final class Catalog extends ComponentResource {
    /** The columns that glue-scripts/dataprep/reasons.py and quality.py write. */
    private static final Map<String, String> QUARANTINE = columns(
            "run_id",
            "string",
            "source",
            "string",
            "file",
            "string",
            "row",
            "bigint",
            "reasons",
            "array<string>",
            "raw",
            "string");

    private static final Map<String, String> QUALITY = columns(
            "run_id",
            "string",
            "source",
            "string",
            "column",
            "string",
            "rule",
            "string",
            "severity",
            "string",
            "passed",
            "boolean",
            "rows",
            "bigint",
            "samples",
            "array<string>",
            "message",
            "string");

    private final Output<String> database;
    private final Output<String> table;
    private final Output<String> quarantine;
    private final Output<String> quality;

    public Catalog(String name, PipelineSettings settings, DataLake lake) {
        super("dataprep:index:Catalog", name);
        var databaseResource = new CatalogDatabase(
                "dataPreparationDatabase",
                CatalogDatabaseArgs.builder()
                        .name(settings.name().replaceAll("[^A-Za-z0-9]+", "_").toLowerCase())
                        .description("Published by the data preparation")
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        var tableArgs = CatalogTableArgs.builder()
                .databaseName(databaseResource.name())
                .name(settings.recipe().name())
                .tableType(PublishedTable.TABLE_TYPE)
                .parameters(PublishedTable.PARAMETERS)
                .storageDescriptor(lake.dataBucket().applyValue(bucket -> unpublished(settings.recipe(), bucket)));
        settings.recipe().description().ifPresent(tableArgs::description);
        var tableResource = new CatalogTable(
                "preparedDataTable",
                tableArgs.build(),
                // each publish sets them, with the columns of the data set that it publishes
                CustomResourceOptions.builder()
                        .parent(this)
                        .ignoreChanges("storageDescriptor", "parameters", "description")
                        .build());
        this.database = databaseResource.name();
        this.table = tableResource.name();
        this.quarantine = jsonTable(
                "quarantineTable", settings.recipe().name() + "_quarantine", LakePaths.QUARANTINE, QUARANTINE, lake);
        this.quality =
                jsonTable("qualityTable", settings.recipe().name() + "_quality", LakePaths.QUALITY, QUALITY, lake);
        registerOutputs(Map.of("database", database, "table", table, "quarantine", quarantine, "quality", quality));
    }

    /** A table over the JSON lines that all runs write under a prefix, each line with its run_id. */
    private Output<String> jsonTable(
            String name, String tableName, String prefix, Map<String, String> columns, DataLake lake) {
        return new CatalogTable(
                        name,
                        CatalogTableArgs.builder()
                                .databaseName(database)
                                .name(tableName)
                                .tableType(PublishedTable.TABLE_TYPE)
                                .parameters(Map.of("classification", "json"))
                                .storageDescriptor(CatalogTableStorageDescriptorArgs.builder()
                                        .location(Output.format("s3://%s/%s", lake.dataBucket(), Output.of(prefix)))
                                        .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                                        .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                                        .serDeInfo(CatalogTableStorageDescriptorSerDeInfoArgs.builder()
                                                .serializationLibrary("org.openx.data.jsonserde.JsonSerDe")
                                                .build())
                                        .columns(columns.entrySet().stream()
                                                .map(column ->
                                                        column(column.getKey(), column.getValue(), Optional.empty()))
                                                .toList())
                                        .build())
                                .build(),
                        CustomResourceOptions.builder().parent(this).build())
                .name();
    }

    public Output<String> database() {
        return database;
    }

    public Output<String> table() {
        return table;
    }

    /** The quarantined rows of all runs: the origin of each row, the reasons and the original row. */
    public Output<String> quarantine() {
        return quarantine;
    }

    /** The rule results of all runs. */
    public Output<String> quality() {
        return quality;
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

    private static Map<String, String> columns(String... namesAndTypes) {
        var columns = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return columns;
    }

    private static List<CatalogTableStorageDescriptorColumnArgs> columns(Recipe recipe) {
        return recipe.columns().stream()
                .map(column -> column(column.name(), column.hiveType(), column.description()))
                .toList();
    }

    private static CatalogTableStorageDescriptorColumnArgs column(
            String name, String type, Optional<String> description) {
        var column =
                CatalogTableStorageDescriptorColumnArgs.builder().name(name).type(type);
        description.ifPresent(column::comment);
        return column.build();
    }
}
