package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import java.util.Map;

/**
 * The catalog table of the data set for Athena and Spark: Parquet files at one location, or a version of an Iceberg
 * table by its metadata file.
 *
 * @param metadata an expression whose value is the metadata file, or nothing if the run's data set is not Iceberg
 * @param location an expression whose value is the folder of the Iceberg table
 */
public record PublishedTable(String name, String metadata, String location) {
    public static final String TABLE_TYPE = "EXTERNAL_TABLE";
    public static final Map<String, String> PARAMETERS = Map.of("classification", "parquet");
    public static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    public static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    public static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    /**
     * Reads {@code tableMetadata}, the metadata file that the catalog names.
     *
     * @param files an expression whose value is the folder of the Parquet files
     * @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html">TableInput</a>
     */
    Payload input(Jsonata description, Jsonata columns, String files) {
        return Payload.with("Name", name)
                .and("Description", description)
                .and("TableType", TABLE_TYPE)
                .and("Parameters", either(icebergParameters(), "{'classification': 'parquet'}"))
                .and(
                        "StorageDescriptor",
                        Jsonata.of("$merge([{'Columns': %s}, %s])"
                                .formatted(
                                        columns.expression(),
                                        either("{'Location': %s}".formatted(location), parquet(files))
                                                .expression())));
    }

    /** The parameters of Iceberg's catalog in Glue, which Athena and Spark read. */
    private String icebergParameters() {
        return "$merge([{'table_type': 'ICEBERG', 'metadata_location': %s},".formatted(metadata)
                + " $tableMetadata = '' ? {} : {'previous_metadata_location': $tableMetadata}])";
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
