package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import java.util.Map;

/**
 * The catalog table of the data set for Athena and Spark: Parquet files at one location, or a version of an Iceberg
 * table by its metadata file.
 *
 * <p>Partitions of Parquet files are not in the catalog: parameters of the table say how Athena projects them.
 *
 * @param metadata an expression whose value is the metadata file, or nothing if the run's data set is not Iceberg
 * @param location an expression whose value is the folder of the Iceberg table
 * @param parameters an expression whose value is the parameters of the partitions, or nothing without partitions
 * @see <a href="https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html">Partition projection</a>
 */
public record PublishedTable(String name, String metadata, String location, String parameters) {
    public static final String TABLE_TYPE = "EXTERNAL_TABLE";
    public static final Map<String, String> PARAMETERS = Map.of("classification", "parquet");
    public static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    public static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    public static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    /**
     * Reads {@code tableMetadata}, the metadata file that the catalog names.
     *
     * @param columns an expression whose value is the list of all columns
     * @param keys an expression whose value is the list of the names of the partition columns
     * @param files an expression whose value is the folder of the Parquet files
     * @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html">TableInput</a>
     */
    Payload input(Jsonata description, String columns, String keys, String files) {
        var inFiles = "[$filter(%s, function($column) { $not($column.Name in %s) })]".formatted(columns, keys);
        var inFolders = "[$map(%s, function($key) { %s[Name = $key] })]".formatted(keys, columns);
        return Payload.with("Name", name)
                .and("Description", description)
                .and("TableType", TABLE_TYPE)
                .and("Parameters", either(icebergParameters(), parquetParameters()))
                .and("PartitionKeys", Jsonata.of(inFolders))
                .and(
                        "StorageDescriptor",
                        Jsonata.of("$merge([{'Columns': %s}, %s])"
                                .formatted(
                                        inFiles,
                                        either("{'Location': %s}".formatted(location), parquet(files))
                                                .expression())));
    }

    /** The parameters of Iceberg's catalog in Glue, which Athena and Spark read. */
    private String icebergParameters() {
        return "$merge([{'table_type': 'ICEBERG', 'metadata_location': %s},".formatted(metadata)
                + " $tableMetadata = '' ? {} : {'previous_metadata_location': $tableMetadata}])";
    }

    private String parquetParameters() {
        return "$merge([{'classification': 'parquet'}, %s])".formatted(parameters);
    }

    private static String parquet(String files) {
        return "{'Location': %s, 'InputFormat': '%s', 'OutputFormat': '%s',"
                        .formatted(files, INPUT_FORMAT, OUTPUT_FORMAT)
                + " 'SerdeInfo': {'SerializationLibrary': '%s'}}".formatted(SERDE);
    }

    private Jsonata either(String iceberg, String parquet) {
        return Jsonata.of("$exists(%s) ? %s : %s".formatted(metadata, iceberg, parquet));
    }
}
