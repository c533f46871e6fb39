package dataprep.recipe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The columns of the sources that the data set is made of, as OpenLineage's column lineage facet has them.
 *
 * <p>The rows that checks of columns and rules quarantine are not part of it.
 *
 * @param columns the columns of the data set in order, each with the source columns that its values come from
 * @param dataset the source columns that decide on rows, their groups or their order, and so concern all columns
 * @see <a href="https://openlineage.io/docs/spec/facets/dataset-facets/column_lineage_facet">Column lineage facet</a>
 */
public record ColumnLineage(
        Map<String, SortedMap<Field, SortedSet<Transformation>>> columns,
        SortedMap<Field, SortedSet<Transformation>> dataset) {

    /**
     * A column of a source.
     *
     * @param name of the column in the source itself, which may differ from its name in the recipe
     */
    public record Field(String source, String name) implements Comparable<Field> {
        @Override
        public int compareTo(Field other) {
            var bySource = source.compareTo(other.source);
            return bySource == 0 ? name.compareTo(other.name) : bySource;
        }
    }

    /** How a source column has an effect: on the values themselves (direct), the later the stronger, or otherwise. */
    public enum Transformation {
        IDENTITY(true),
        TRANSFORMATION(true),
        AGGREGATION(true),
        CONDITIONAL(false),
        FILTER(false),
        GROUP_BY(false),
        JOIN(false),
        SORT(false);

        private final boolean direct;

        Transformation(boolean direct) {
            this.direct = direct;
        }

        public boolean isDirect() {
            return direct;
        }

        /** The effect of this one followed by another one. */
        private Transformation then(Transformation next) {
            return direct && (!next.direct || next.compareTo(this) > 0) ? next : this;
        }
    }

    /** Source columns and their effects, of one column or of the whole data set. */
    static final class Fields {
        private final SortedMap<Field, SortedSet<Transformation>> found = new TreeMap<>();

        Fields add(Field field, Transformation transformation) {
            found.computeIfAbsent(field, key -> new TreeSet<>()).add(transformation);
            return this;
        }

        /** Adds those of other columns, which have this effect in addition. */
        Fields addAll(Stream<Fields> others, Transformation next) {
            others.forEach(other ->
                    other.found.forEach((field, before) -> before.forEach(effect -> add(field, effect.then(next)))));
            return this;
        }
    }

    static ColumnLineage of(Map<String, Fields> columns, Fields dataset) {
        var byName = new LinkedHashMap<String, SortedMap<Field, SortedSet<Transformation>>>();
        columns.forEach((name, fields) -> byName.put(name, fields.found));
        return new ColumnLineage(byName, dataset.found);
    }

    /** The columns of some names, among those of all names. */
    static Stream<Fields> named(Collection<String> names, Map<String, Fields> columns) {
        return names.stream().filter(columns::containsKey).map(columns::get);
    }
}
