package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import java.util.Map;

/** The catalog table of the data set for Athena and Spark: Parquet files at one location. */
public final class PublishedTable {
    public static final String TABLE_TYPE = "EXTERNAL_TABLE";
    public static final Map<String, String> PARAMETERS = Map.of("classification", "parquet");
    public static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    public static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    public static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    private PublishedTable() {}

    /** https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html */
    static Payload input(String name, Jsonata description, Jsonata columns, Jsonata location) {
        var storage = Payload.with("Columns", columns)
                .and("Location", location)
                .and("InputFormat", INPUT_FORMAT)
                .and("OutputFormat", OUTPUT_FORMAT)
                .and("SerdeInfo", Map.of("SerializationLibrary", SERDE));
        return Payload.with("Name", name)
                .and("Description", description)
                .and("TableType", TABLE_TYPE)
                .and("Parameters", PARAMETERS)
                .and("StorageDescriptor", storage);
    }
}
