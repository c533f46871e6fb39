package dataprep.components;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.lake.LakePaths;
import dataprep.recipe.ColumnLineage;
import dataprep.recipe.ColumnLineage.Field;
import dataprep.recipe.ColumnLineage.Transformation;
import dataprep.settings.DatasetSettings;
import dataprep.settings.JdbcAddress;
import dataprep.settings.Source;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What the events of a data set's runs have in common, for lambda/lineage/facts.py.
 *
 * @param prefix of the data set's keys
 * @param table of the catalog
 * @param columns the body of OpenLineage's column lineage facet
 * @see <a href="https://openlineage.io/docs/spec/naming/">How OpenLineage names jobs and data sets</a>
 */
record LineageFacts(
        @JsonProperty("job") Name job,
        @JsonProperty("prefix") String prefix,
        @JsonProperty("output") Name output,
        @JsonProperty("table") Name table,
        @JsonProperty("inputs") List<Input> inputs,
        @JsonProperty("column_lineage") Columns columns) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Name(
            @JsonProperty("namespace") String namespace,
            @JsonProperty("name") String name) {}

    /**
     * A source of the recipe, as a data set.
     *
     * @param type what kind of data set it is, such as FILE or TABLE
     */
    record Input(
            @JsonProperty("source") String source,
            @JsonProperty("namespace") String namespace,
            @JsonProperty("name") String name,
            @JsonProperty("type") String type) {}

    record Columns(
            @JsonProperty("fields") Map<String, InputFields> fields,
            @JsonProperty("dataset") List<InputField> dataset) {}

    record InputFields(@JsonProperty("inputFields") List<InputField> inputFields) {}

    record InputField(
            @JsonProperty("namespace") String namespace,
            @JsonProperty("name") String name,
            @JsonProperty("field") String field,
            @JsonProperty("transformations") List<Effect> transformations) {}

    record Effect(
            @JsonProperty("type") String type,
            @JsonProperty("subtype") String subtype) {
        static Effect of(Transformation transformation) {
            return new Effect(transformation.isDirect() ? "DIRECT" : "INDIRECT", transformation.name());
        }
    }

    /** The resolved names of what the data sets are stored in. */
    record Storage(AwsTarget target, String dataBucket, String database) {}

    static LineageFacts of(String stack, DatasetSettings dataset, Storage storage) {
        var sources = new LinkedHashMap<String, Name>();
        dataset.sources().forEach(source -> sources.put(source.name(), name(source, storage.dataBucket())));
        return new LineageFacts(
                new Name(stack, dataset.name()),
                dataset.paths().prefix(),
                name(dataset.paths(), storage.dataBucket()),
                new Name(
                        "arn:%s:glue:%s:%s"
                                .formatted(
                                        storage.target().partition(),
                                        storage.target().region(),
                                        storage.target().account()),
                        "table/%s/%s".formatted(storage.database(), dataset.name())),
                dataset.sources().stream()
                        .map(source -> new Input(
                                source.name(),
                                sources.get(source.name()).namespace(),
                                sources.get(source.name()).name(),
                                type(source)))
                        .toList(),
                columns(dataset.recipe().lineage(), sources));
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String type(Source source) {
        if (source.upstream().isPresent()) {
            return "TABLE";
        }
        if (source.isDatabase()) {
            return source.database().table() == null ? "QUERY" : "TABLE";
        }
        return source.paging() == null ? "FILE" : "API";
    }

    /** The name of a source: that of its bucket or host, and its key or path, never its query. */
    private static Name name(Source source, String dataBucket) {
        if (source.upstream().isPresent()) {
            return name(LakePaths.of(source.upstream().get()), dataBucket);
        }
        var shown = source.in(dataBucket).shown();
        if (shown.s3Key().isPresent()) {
            return inS3(shown.s3Bucket().orElseThrow(), shown.s3Key().get());
        }
        if (shown.jdbcAddress().isPresent()) {
            return inDatabase(shown, shown.jdbcAddress().get());
        }
        var address = URI.create(shown.uri());
        var path = address.getPath().replaceFirst("^/", "");
        return new Name("https://" + address.getAuthority(), path.isEmpty() ? "/" : path);
    }

    /** A query has the source's name, as it may read any number of tables. */
    private static Name inDatabase(Source source, JdbcAddress address) {
        var table = source.database().table();
        return new Name(
                address.namespace(),
                table == null ? address.database() + "." + source.name() : address.qualified(table));
    }

    /** A data set of the stack has the same name as an output and as an input of another data set. */
    private static Name name(LakePaths paths, String dataBucket) {
        return inS3(dataBucket, paths.dataset());
    }

    private static Name inS3(String bucket, String key) {
        return new Name("s3://" + bucket, key.replaceFirst("/$", ""));
    }

    private static Columns columns(ColumnLineage lineage, Map<String, Name> sources) {
        var fields = new LinkedHashMap<String, InputFields>();
        lineage.columns().forEach((name, origins) -> fields.put(name, new InputFields(inputFields(origins, sources))));
        return new Columns(fields, inputFields(lineage.dataset(), sources));
    }

    private static List<InputField> inputFields(
            Map<Field, SortedSet<Transformation>> origins, Map<String, Name> sources) {
        return origins.entrySet().stream()
                .map(entry -> {
                    var field = entry.getKey();
                    var source = sources.get(field.source());
                    var effects = entry.getValue().stream().map(Effect::of).toList();
                    return new InputField(source.namespace(), source.name(), field.name(), effects);
                })
                .toList();
    }
}
