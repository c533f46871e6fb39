package dataprep.components;

import com.pulumi.aws.glue.CatalogTable;
import com.pulumi.aws.glue.CatalogTableArgs;
import com.pulumi.aws.glue.inputs.CatalogTablePartitionKeyArgs;
import com.pulumi.aws.glue.inputs.CatalogTableStorageDescriptorArgs;
import com.pulumi.aws.glue.inputs.CatalogTableStorageDescriptorColumnArgs;
import com.pulumi.aws.glue.inputs.CatalogTableStorageDescriptorSerDeInfoArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.recipe.Column;
import dataprep.recipe.Recipe;
import dataprep.settings.DatasetSettings;
import dataprep.workflow.PublishedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The catalog tables of a data set that readers query: the data set, whose table each publish updates, and the
 * quarantined rows and rule results of all runs.
 */
public final class DatasetTables extends ComponentResource {
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

    /** The data set, and the database of its tables. */
    record Args(DatasetSettings dataset, Catalog catalog, Foundation foundation) {}

    DatasetTables(String name, Args args, ComponentResourceOptions options) {
        super("dataprep:index:DatasetTables", name, options);
        var dataset = args.dataset();
        this.database = args.catalog().database();
        var data = args.foundation().data().name();
        var tableArgs = CatalogTableArgs.builder()
                .databaseName(database)
                .name(dataset.name())
                .tableType(PublishedTable.TABLE_TYPE)
                .parameters(PublishedTable.PARAMETERS)
                .partitionKeys(partitionKeys(dataset.recipe()))
                .storageDescriptor(data.applyValue(bucket -> unpublished(dataset, bucket)));
        dataset.recipe().description().ifPresent(tableArgs::description);
        var tableResource = new CatalogTable(
                dataset.resource("preparedDataTable"),
                tableArgs.build(),
                // each publish sets them, with the columns of the data set that it publishes
                CustomResourceOptions.builder()
                        .parent(this)
                        .ignoreChanges("storageDescriptor", "partitionKeys", "parameters", "description")
                        .build());
        this.table = tableResource.name();
        this.quarantine = jsonTable(
                dataset.resource("quarantineTable"),
                dataset.name() + DatasetSettings.QUARANTINE_TABLE,
                Output.format("s3://%s/%s", data, Output.of(dataset.paths().quarantine())),
                QUARANTINE);
        this.quality = jsonTable(
                dataset.resource("qualityTable"),
                dataset.name() + DatasetSettings.QUALITY_TABLE,
                Output.format("s3://%s/%s", data, Output.of(dataset.paths().quality())),
                QUALITY);
        registerOutputs(Map.of("table", table, "quarantine", quarantine, "quality", quality));
    }

    /** A table over the JSON lines that all runs write under a prefix, each line with its run_id. */
    private Output<String> jsonTable(
            String name, String tableName, Output<String> location, Map<String, String> columns) {
        return new CatalogTable(
                        name,
                        CatalogTableArgs.builder()
                                .databaseName(database)
                                .name(tableName)
                                .tableType(PublishedTable.TABLE_TYPE)
                                .parameters(Map.of("classification", "json"))
                                .storageDescriptor(CatalogTableStorageDescriptorArgs.builder()
                                        .location(location)
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

    Output<String> table() {
        return table;
    }

    /** The quarantined rows of all runs: the origin of each row, the reasons and the original row. */
    Output<String> quarantine() {
        return quarantine;
    }

    /** The rule results of all runs. */
    Output<String> quality() {
        return quality;
    }

    private static CatalogTableStorageDescriptorArgs unpublished(DatasetSettings dataset, String dataBucket) {
        return CatalogTableStorageDescriptorArgs.builder()
                .location("s3://%s/%srun_id=none/"
                        .formatted(dataBucket, dataset.paths().dataset()))
                .inputFormat(PublishedTable.INPUT_FORMAT)
                .outputFormat(PublishedTable.OUTPUT_FORMAT)
                .serDeInfo(CatalogTableStorageDescriptorSerDeInfoArgs.builder()
                        .serializationLibrary(PublishedTable.SERDE)
                        .build())
                .columns(columns(dataset.recipe()))
                .build();
    }

    private static Map<String, String> columns(String... namesAndTypes) {
        var columns = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return columns;
    }

    private static List<CatalogTablePartitionKeyArgs> partitionKeys(Recipe recipe) {
        var columns = recipe.columns().stream().collect(Collectors.toMap(Column::name, column -> column));
        return recipe.table().partitionColumns().stream()
                .map(columns::get)
                .map(column -> {
                    var key = CatalogTablePartitionKeyArgs.builder()
                            .name(column.name())
                            .type(column.hiveType());
                    column.description().ifPresent(key::comment);
                    return key.build();
                })
                .toList();
    }

    private static List<CatalogTableStorageDescriptorColumnArgs> columns(Recipe recipe) {
        return recipe.columns().stream()
                .filter(column -> !recipe.table().partitionColumns().contains(column.name()))
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
