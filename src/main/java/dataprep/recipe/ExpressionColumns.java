package dataprep.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;

/**
 * The columns that expressions refer to, by their texts, as the check of a recipe has found them.
 *
 * <p>Stored with the passed check, so that a later preview does not have to load Spark's grammar.
 */
record ExpressionColumns(Map<String, Set<String>> known) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads what {@link #toJson} wrote; none if it is no such text, and all expressions are parsed again. */
    static ExpressionColumns parse(String json) {
        try {
            return new ExpressionColumns(JSON.readValue(json, new TypeReference<Map<String, Set<String>>>() {}));
        } catch (JsonProcessingException e) {
            return new ExpressionColumns(Map.of());
        }
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(known);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Set<String> of(String expression) {
        var columns = known.get(expression);
        return columns == null ? SqlExpression.parse(expression).columns() : columns;
    }
}
