package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** A column with its type in the recipe's words. */
public record Column(
        @JsonProperty("name") String name,
        @JsonProperty("type") String type) {
    /** Where the recipe and Hive, whose types the Glue catalog takes, use different words. */
    private static final Map<String, String> HIVE_TYPES = Map.of("integer", "int", "long", "bigint");

    public String hiveType() {
        return HIVE_TYPES.getOrDefault(type, type);
    }

    Column renamed(String newName) {
        return new Column(newName, type);
    }

    boolean isNumber() {
        return List.of("integer", "long", "double").contains(type) || type.startsWith("decimal");
    }

    boolean isTime() {
        return List.of("date", "timestamp").contains(type);
    }

    /** Spark compares numbers of all types, and otherwise like with like. */
    boolean comparesWith(Column other) {
        return type.equals(other.type) || isNumber() && other.isNumber();
    }
}
