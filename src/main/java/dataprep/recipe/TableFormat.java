package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The format of the catalog's table, and how its rows are partitioned and sorted. */
public record TableFormat(
        @JsonProperty("format") String format,
        @JsonProperty("partitionBy") List<String> partitionBy,
        @JsonProperty("sortBy") List<String> sortBy) {
    static final TableFormat PARQUET = new TableFormat(null, null, null);

    public TableFormat {
        format = format == null ? "parquet" : format;
        partitionBy = partitionBy == null ? List.of() : List.copyOf(partitionBy);
        sortBy = sortBy == null ? List.of() : List.copyOf(sortBy);
    }

    /** The columns by whose values Parquet files are partitioned, in the order of their folders. */
    public List<String> partitionColumns() {
        return isIceberg() ? List.of() : partitionBy;
    }

    public boolean isIceberg() {
        return format.equals("iceberg");
    }

    void check(String place, Map<String, Column> columns, RecipeProblems problems) {
        var seen = new HashSet<String>();
        for (int i = 0; i < partitionBy.size(); i++) {
            var here = "%s.partitionBy[%d]".formatted(place, i);
            var partition = Partition.parse(partitionBy.get(i));
            partition.check(here, isIceberg(), columns, problems);
            if (!seen.add(partition.column())) {
                problems.add(here, partitionBy.get(i), "a column without another partition");
            }
        }
        if (isIceberg()) {
            problems.referToColumns(place + ".sortBy", sortBy, columns);
            return;
        }
        if (!sortBy.isEmpty()) {
            problems.add(place + ".sortBy", sortBy, "unset: only tables of the format iceberg have it");
        }
        if (seen.containsAll(columns.keySet())) {
            problems.add(place + ".partitionBy", partitionBy, "fewer columns than the data set has");
        }
    }
}
