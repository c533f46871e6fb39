package dataprep.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What to read of a database, and how. Parts that are not set are null, except those with defaults.
 *
 * @param table to read, as the database's SQL names it; or else a query
 * @param fetchSize the number of rows of a round trip, 10,000 by default
 * @param timeoutSeconds the longest time that a statement may take, 3,600 by default
 * @param allowPlaintext whether the connection may be without TLS
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceDatabase(
        @JsonProperty("table") String table,
        @JsonProperty("query") String query,
        @JsonProperty("partition") Partition partition,
        @JsonProperty("fetchSize") Integer fetchSize,
        @JsonProperty("timeoutSeconds") Integer timeoutSeconds,
        @JsonProperty("allowPlaintext") Boolean allowPlaintext) {

    /**
     * The parts that are read at the same time.
     *
     * @param column of numbers or times whose values divide the rows
     * @param count the number of parts
     * @param lower the value at which the first part ends; without both bounds, the least and the greatest value are
     *     used
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Partition(
            @JsonProperty("column") String column,
            @JsonProperty("count") Integer count,
            @JsonProperty("lower") Long lower,
            @JsonProperty("upper") Long upper) {}

    private static final int MOST_PARTS = 64;
    private static final int MOST_ROWS = 1_000_000;
    private static final int LONGEST_SECONDS = 86_400;
    /** The query is in the state machine's definition and in its payloads. */
    private static final int LONGEST_QUERY = 4_096;

    public SourceDatabase {
        table = isUnset(table) ? null : table;
        query = isUnset(query) ? null : query;
        fetchSize = fetchSize == null ? Integer.valueOf(10_000) : fetchSize;
        timeoutSeconds = timeoutSeconds == null ? Integer.valueOf(3_600) : timeoutSeconds;
        allowPlaintext = allowPlaintext == null ? Boolean.FALSE : allowPlaintext;
    }

    /**
     * @param place of the object in the settings
     */
    void check(String place, SettingsReader reader) {
        if ((table == null) == (query == null)) {
            reader.refuse(place, table == null ? "" : "table, query", "an object with either table or query");
        }
        if (query != null && query.length() > LONGEST_QUERY) {
            reader.refuse(
                    place + ".query",
                    query.length() + " characters",
                    "at most %,d characters".formatted(LONGEST_QUERY));
        }
        if (query != null && query.strip().endsWith(";")) {
            reader.refuse(place + ".query", query, "one statement without a semicolon at its end");
        }
        reader.refuseOutside(place + ".fetchSize", fetchSize, 1, MOST_ROWS);
        reader.refuseOutside(place + ".timeoutSeconds", timeoutSeconds, 1, LONGEST_SECONDS);
        if (partition != null) {
            checkPartition(place + ".partition", reader);
        }
    }

    private void checkPartition(String place, SettingsReader reader) {
        if (isUnset(partition.column())) {
            reader.refuse(place + ".column", "", "a column of the table or the query");
        }
        if (partition.count() == null) {
            reader.refuse(place + ".count", "", "set");
        }
        reader.refuseOutside(place + ".count", partition.count(), 2, MOST_PARTS);
        if ((partition.lower() == null) != (partition.upper() == null)
                || partition.lower() != null && partition.lower() >= partition.upper()) {
            reader.refuse(
                    place,
                    "lower %s, upper %s".formatted(partition.lower(), partition.upper()),
                    "an object with both bounds, lower less than upper, or with neither");
        }
    }

    private static boolean isUnset(String text) {
        return text == null || text.isBlank();
    }
}
