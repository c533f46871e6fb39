package dataprep.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dataprep.checks.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A recipe file, as far as the deployment needs it: the transformation of the sources into the data set.
 *
 * <p>The file's schema is glue-scripts/recipes/recipe.schema.json; the Glue job executes the recipe.
 */
public final class Recipe {
    private static final ObjectMapper RECORDS = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    private static final List<String> WATERMARK_TYPES = List.of("integer", "long", "date", "timestamp");

    private record Content(
            String name,
            String description,
            String owner,
            Map<String, SourceTable> sources,
            Dataset dataset,
            Map<String, String> drift,
            List<QualityRule> quality,
            Output output) {}

    private record Output(TableFormat table) {}

    private final Path file;
    private final String name;
    private final Optional<String> description;
    private final Optional<String> owner;
    private final Set<String> sourceNames;
    private final Map<String, SourceTable> sources;
    private final SortedSet<String> jsonSources;
    private final SortedSet<String> sensitiveSources;
    private final boolean hashes;
    private final Optional<String> incrementalSource;
    private final List<Column> columns;
    private final Dataset dataset;
    private final TableFormat table;
    private final ExpressionColumns references;

    private Recipe(Path file, Content content, List<Column> columns, ExpressionColumns references) {
        this.file = file;
        this.name = content.name();
        this.description = Optional.ofNullable(content.description());
        this.owner = Optional.ofNullable(content.owner());
        this.sourceNames = Set.copyOf(content.sources().keySet());
        this.sources = content.sources();
        this.jsonSources = sources(content, SourceTable::isJson);
        this.sensitiveSources = sources(content, SourceTable::isSensitive);
        this.hashes = !sources(content, SourceTable::hashes).isEmpty();
        this.incrementalSource = Optional.ofNullable(content.dataset().incremental())
                .map(key -> content.dataset().from());
        this.columns = columns;
        this.dataset = content.dataset();
        this.table = table(content);
        this.references = references;
    }

    /**
     * @throws RecipeException with all problems of the recipe and their paths in the file
     */
    public static Recipe read(Path file) throws RecipeException {
        try {
            return parse(file);
        } catch (RecipeException e) {
            throw new RecipeException(e.problems().stream()
                    .map(problem -> "recipe %s: %s".formatted(file, problem))
                    .toList());
        }
    }

    /** All problems of the recipe with their paths, without the file's name; empty if it is valid. */
    public static List<String> problems(Path file) {
        try {
            parse(file);
            return List.of();
        } catch (RecipeException e) {
            return e.problems();
        }
    }

    private static Recipe parse(Path file) throws RecipeException {
        try {
            var text = Files.readString(file);
            var schema = RecipeSchema.text();
            var check = Check.of("recipe", text, schema, AllowedFunctions.TEXT);
            var json = RecipeSchema.parse(text);
            if (check.isDue()) {
                RecipeSchema.check(json, schema);
            }
            var content = content(json);
            var problems = new RecipeProblems(check.isDue());
            var columns = checked(content, problems);
            var references = check.isDue()
                    ? new ExpressionColumns(problems.references())
                    : ExpressionColumns.parse(check.found());
            check.passed(references.toJson());
            return new Recipe(file, content, columns, references);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recipe " + file, e);
        }
    }

    public Path file() {
        return file;
    }

    public String name() {
        return name;
    }

    /** What the data set contains. */
    public Optional<String> description() {
        return description;
    }

    /** Who is responsible for the data set. */
    public Optional<String> owner() {
        return owner;
    }

    public Set<String> sourceNames() {
        return sourceNames;
    }

    /** The sources with JSON files, sorted by name. */
    public SortedSet<String> jsonSources() {
        return jsonSources;
    }

    /** The sources with columns whose values must not be published, sorted by name. */
    public SortedSet<String> sensitiveSources() {
        return sensitiveSources;
    }

    /** Whether the job needs a key, as it hashes a column. */
    public boolean hashes() {
        return hashes;
    }

    /** The columns of the data set, in order. */
    public List<Column> columns() {
        return columns;
    }

    /** The columns of the sources that the columns of the data set are made of. */
    public ColumnLineage lineage() {
        return new LineageSteps(sources, references::of).of(dataset);
    }

    /** The format of the catalog's table. */
    public TableFormat table() {
        return table;
    }

    /** The incremental source, of which runs take new objects or rows only, if there is one. */
    public Optional<String> incrementalSource() {
        return incrementalSource;
    }

    /** The column of the data set whose greatest value the next incremental run starts from, if there is one. */
    public Optional<String> watermark() {
        return Optional.ofNullable(dataset.incremental()).map(Dataset.Incremental::watermark);
    }

    /** The type of the format of a source; empty if there is no such source. */
    public Optional<String> formatOf(String source) {
        return Optional.ofNullable(sources.get(source)).map(SourceTable::formatType);
    }

    /**
     * The problems of reading a source from another data set: not as Parquet, or columns that it does not have.
     *
     * @param upstream the recipe of the other data set
     */
    public List<String> problemsOfReading(String source, Recipe upstream) {
        var problems = new RecipeProblems(false);
        var columns = new LinkedHashMap<String, Column>();
        upstream.columns().forEach(column -> columns.put(column.name(), column));
        Optional.ofNullable(sources.get(source))
                .ifPresent(table -> table.checkReading("$.sources." + source, upstream.name(), columns, problems));
        return problems.found().stream()
                .map(problem -> "recipe %s: %s".formatted(file, problem))
                .toList();
    }

    private static List<Column> checked(Content content, RecipeProblems problems) throws RecipeException {
        content.sources().forEach((name, source) -> source.check("$.sources." + name, problems));
        checkDrift(content, problems);
        var columns = new OutputColumns(content.sources(), problems).of(content.dataset());
        if (content.dataset().incremental() != null) {
            checkIncremental(content.dataset(), columns, problems);
        }
        var rules = content.quality() == null ? List.<QualityRule>of() : content.quality();
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).check("$.quality[%d]".formatted(i), columns, content.sources(), problems);
        }
        table(content).check("$.output.table", columns, problems);
        problems.throwIfAny();
        return List.copyOf(columns.values());
    }

    private static TableFormat table(Content content) {
        return content.output() == null || content.output().table() == null
                ? TableFormat.PARQUET
                : content.output().table();
    }

    private static void checkDrift(Content content, RecipeProblems problems) {
        var main = content.sources().get(content.dataset().from());
        if (main != null
                && main.isSensitive()
                && content.drift() != null
                && "evolve".equals(content.drift().get("new"))) {
            problems.add(
                    "$.drift.new",
                    "evolve",
                    "ignore, warn or fail: it would publish a sensitive column that got another name");
        }
    }

    private static SortedSet<String> sources(Content content, Predicate<SourceTable> wanted) {
        return content.sources().entrySet().stream()
                .filter(source -> wanted.test(source.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void checkIncremental(Dataset dataset, Map<String, Column> columns, RecipeProblems problems) {
        var place = "$.dataset.incremental";
        problems.referToKeys(place + ".key", dataset.incremental().key(), columns);
        checkWatermark(place + ".watermark", dataset.incremental().watermark(), columns, problems);
        if (dataset.steps().stream().anyMatch(Step::aggregates)) {
            problems.add(
                    place, "an aggregate or pivot step", "none: new rows alone do not give the measures of all rows");
        }
    }

    private static void checkWatermark(
            String place, String name, Map<String, Column> columns, RecipeProblems problems) {
        if (name == null) {
            return;
        }
        problems.referToKeys(place, List.of(name), columns);
        Optional.ofNullable(columns.get(name))
                .filter(column -> !WATERMARK_TYPES.contains(column.type()))
                .ifPresent(
                        column -> problems.add(place, name, "a column of type " + String.join(", ", WATERMARK_TYPES)));
    }

    private static Content content(JsonNode recipe) throws JsonProcessingException {
        return RECORDS.treeToValue(recipe, Content.class);
    }
}
