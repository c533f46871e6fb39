package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** One source of a recipe, as the table that its columns make of it. */
record SourceTable(@JsonProperty("columns") List<Column> columns) {

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
