package dataprep.settings;

import dataprep.lake.LakePaths;
import dataprep.recipe.Recipe;
import dataprep.recipe.RecipeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One data set of a stack: its recipe, its sources and when and how its runs start.
 *
 * @param place in the stack: alone, or one of several
 * @param version a hash of recipe and code
 * @param workers of the job's runs, if they differ from the stack's
 * @param keptRuns the number of retained runs, including the current one
 * @param freshness the longest time without a successful run before an alarm; empty for no alarm
 * @param quarantinedRowsPercent the percentage of quarantined rows above which an alarm goes off
 * @param alertEmail that receives this data set's failure messages instead of the stack's address
 */
public record DatasetSettings(
        Place place,
        Recipe recipe,
        String version,
        List<Source> sources,
        Optional<JobWorkers> workers,
        int keptRuns,
        StartSettings start,
        ReleaseSettings release,
        Optional<Duration> freshness,
        int quarantinedRowsPercent,
        Optional<String> alertEmail) {

    /**
     * The names that a data set has in its stack.
     *
     * @param pipeline the name of its state machine, and of its metrics
     * @param qualifier the beginning of its resources' names; empty for a stack's only data set
     * @param paths of its objects in the data bucket
     */
    public record Place(String pipeline, String qualifier, LakePaths paths) {
        static Place alone(String stack) {
            return new Place(stack, "", LakePaths.ROOT);
        }

        static Place among(String stack, String dataset) {
            return new Place(stack + "-" + dataset, dataset + "-", LakePaths.of(dataset));
        }
    }

    /** The end of the name of the table of quarantined rows. */
    public static final String QUARANTINE_TABLE = "_quarantine";
    /** The end of the name of the table of rule results. */
    public static final String QUALITY_TABLE = "_quality";

    static final List<String> TABLE_SUFFIXES = List.of(QUARANTINE_TABLE, QUALITY_TABLE);

    /** The settings that each data set may have instead of the stack's. */
    static final List<String> OWN_KEYS = List.of(
            "recipe",
            "sources",
            "schedule",
            "scheduleTimeZone",
            "scheduleWindowMinutes",
            "startOnNewObjects",
            "keptRuns",
            "workers",
            "freshnessHours",
            "rejectedRowsAlarmPercent",
            "alertEmail",
            "liveVersion",
            "newVersionPercent");

    DatasetSettings withFreshness(Optional<Duration> age) {
        return new DatasetSettings(
                place,
                recipe,
                version,
                sources,
                workers,
                keptRuns,
                start,
                release,
                age,
                quarantinedRowsPercent,
                alertEmail);
    }

    /** The name of the data set and of its table. */
    public String name() {
        return recipe.name();
    }

    /** The logical name of one of this data set's resources. */
    public String resource(String name) {
        return place.qualifier() + name;
    }

    public LakePaths paths() {
        return place.paths();
    }

    /** The names of the data sets that this one reads. */
    public SortedSet<String> upstream() {
        return sources.stream()
                .flatMap(source -> source.upstream().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether anything but a person starts runs. */
    public boolean startsByItself() {
        return start.timetable().isPresent()
                || start.onNewObjects()
                || !upstream().isEmpty();
    }

    /** Empty if recipe or sources cannot be read; the reader has the problems. */
    static Optional<DatasetSettings> from(SettingsReader reader, String stack, boolean alone, int runTimeoutMinutes) {
        var recipe = recipe(reader);
        var sources = SourceSettings.sources(reader, recipe, !alone, runTimeoutMinutes);
        var start = StartSettings.from(reader, sources);
        var workers = reader.isOwn("workers")
                ? Optional.of(new JobWorkers(reader.text("workerType"), reader.integer("workers", 2, 299)))
                : Optional.<JobWorkers>empty();
        var keptRuns = reader.integer("keptRuns", 1, 100);
        var release = ReleaseSettings.from(reader);
        var freshness = OperationsSettings.freshness(reader, start, Duration.ofMinutes(runTimeoutMinutes));
        var percent = reader.integer("rejectedRowsAlarmPercent", 0, 100);
        var email = reader.isOwn("alertEmail") ? reader.email("alertEmail") : Optional.<String>empty();
        return recipe.map(found -> new DatasetSettings(
                alone ? Place.alone(stack) : Place.among(stack, found.name()),
                found,
                CodeVersion.of(found.file()),
                sources,
                workers,
                keptRuns,
                start,
                release,
                freshness,
                percent,
                email));
    }

    private static Optional<Recipe> recipe(SettingsReader reader) {
        var file = Path.of(reader.text("recipe"));
        if (!Files.isRegularFile(file)) {
            reader.refuse("recipe", file, "the path of a recipe file, relative to the project");
            return Optional.empty();
        }
        try {
            return Optional.of(Recipe.read(file));
        } catch (RecipeException e) {
            e.problems().forEach(reader::addProblem);
            return Optional.empty();
        }
    }
}
