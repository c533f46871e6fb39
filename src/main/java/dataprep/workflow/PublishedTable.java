package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.recipe.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalog table as Athena and Spark read it: Parquet files in one place. */
public final class PublishedTable {
    public static final String TABLE_TYPE = "EXTERNAL_TABLE";
    public static final Map<String, String> PARAMETERS = Map.of("classification", "parquet");
    public static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    public static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    public static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    private PublishedTable() {}

    /** https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html */
    static Payload input(String name, List<Column> columns, Jsonata location) {
        var storage = Payload.with(
                        "Columns", columns.stream().map(PublishedTable::column).toList())
                .and("Location", location)
                .and("InputFormat", INPUT_FORMAT)
                .and("OutputFormat", OUTPUT_FORMAT)
                .and("SerdeInfo", Map.of("SerializationLibrary", SERDE));
        return Payload.with("Name", name)
                .and("TableType", TABLE_TYPE)
                .and("Parameters", PARAMETERS)
                .and("StorageDescriptor", storage);
    }

    private static Map<String, String> column(Column column) {
        var input = new LinkedHashMap<String, String>();
        input.put("Name", column.name());
        input.put("Type", column.hiveType());
        return input;
    }
}
