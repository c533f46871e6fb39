package dataprep.settings;

import com.pulumi.Config;
import dataprep.recipe.Recipe;
import dataprep.recipe.RecipeException;
import dataprep.workflow.Plan;
import dataprep.workflow.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The stack's configuration, checked as a whole before the first resource.
 *
 * <p>Keys, types, defaults and descriptions: Pulumi.yaml.
 *
 * @param name the project's and the stack's, which tells its resources from those of others
 * @param version of recipe and code together
 * @param sampleData files to upload, by their keys in the data bucket
 */
public record PipelineSettings(
        String name,
        String version,
        Recipe recipe,
        List<Source> sources,
        SortedMap<String, Path> sampleData,
        Extraction extraction,
        Transformation transformation,
        Retention retention,
        boolean encryptWithKey,
        boolean deleteDataOnDestroy,
        int runTimeoutMinutes,
        int queryLimitMegabytes,
        Optional<String> alertEmail) {

    public record Extraction(
            int memoryMegabytes, int timeoutSeconds, int concurrency, List<String> allowedSourceHosts) {}

    public record Transformation(
            String glueVersion,
            String workerType,
            int workers,
            boolean autoScaling,
            int timeoutMinutes,
            int concurrentRuns,
            boolean metrics) {}

    public record Retention(int logDays, int rawDays, int reportDays, int keptRuns) {}

    private static final List<String> WORKER_TYPES =
            List.of("G.1X", "G.2X", "G.4X", "G.8X", "G.12X", "G.16X", "R.1X", "R.2X", "R.4X", "R.8X");
    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
    private static final List<Integer> LOG_RETENTION_DAYS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    /**
     * @param keys every key of the stack's configuration, to find those that mean nothing
     * @throws com.pulumi.exceptions.RunException naming every key that is wrong, the value got and what is allowed
     */
    public static PipelineSettings from(Config config, String stack, Set<String> keys) {
        var reader = new SettingsReader(config);
        var recipe = recipe(reader);
        var sources = sources(reader, recipe);
        var sampleData = sampleData(reader, sources);
        var extraction = new Extraction(
                reader.integer("extractMemoryMegabytes", 128, 10_240),
                reader.integer("extractTimeoutSeconds", 1, 900),
                reader.integer("extractConcurrency", 1, 40),
                reader.list("allowedSourceHosts", String.class, "host names"));
        var transformation = new Transformation(
                reader.oneOf("glueVersion", List.of("6.0", "5.1")),
                reader.oneOf("workerType", WORKER_TYPES),
                reader.integer("workers", 2, 299),
                reader.flag("autoScaling"),
                reader.integer("transformTimeoutMinutes", 1, 2_880),
                reader.integer("concurrentRuns", 1, 50),
                reader.flag("jobMetrics"));
        var retention = new Retention(
                reader.integer("logRetentionDays", LOG_RETENTION_DAYS),
                reader.integer("rawRetentionDays", 1, 3_650),
                reader.integer("reportRetentionDays", 1, 3_650),
                reader.integer("keptRuns", 1, 100));
        var encryptWithKey = reader.flag("encryptWithKey");
        var deleteDataOnDestroy = reader.flag("deleteDataOnDestroy");
        var runTimeoutMinutes = reader.integer("runTimeoutMinutes", 2, 10_080);
        if (runTimeoutMinutes <= transformation.timeoutMinutes()) {
            reader.refuse(
                    "runTimeoutMinutes",
                    runTimeoutMinutes,
                    "more than transformTimeoutMinutes (%d)".formatted(transformation.timeoutMinutes()));
        }
        var queryLimitMegabytes = reader.integer("queryLimitMegabytes", 10, 2_000);
        var alertEmail = alertEmail(reader);
        reader.refuseUnknown(keys);
        reader.throwProblems();
        return new PipelineSettings(
                config.getName() + "-" + stack,
                CodeVersion.of(recipe.orElseThrow().file()),
                recipe.orElseThrow(),
                sources,
                sampleData,
                extraction,
                transformation,
                retention,
                encryptWithKey,
                deleteDataOnDestroy,
                runTimeoutMinutes,
                queryLimitMegabytes,
                alertEmail);
    }

    private static Optional<Recipe> recipe(SettingsReader reader) {
        var file = Path.of(reader.text("recipe"));
        if (!Files.isRegularFile(file)) {
            reader.refuse("recipe", file, "the path of a recipe file, from the project's folder");
            return Optional.empty();
        }
        try {
            return Optional.of(Recipe.read(file));
        } catch (RecipeException e) {
            e.problems().forEach(reader::addProblem);
            return Optional.empty();
        }
    }

    private static List<Source> sources(SettingsReader reader, Optional<Recipe> recipe) {
        var sources = reader.list("sources", Source.class, "{name, uri}");
        var names = new HashSet<String>();
        for (int i = 0; i < sources.size(); i++) {
            var key = "sources[%d]".formatted(i);
            var source = sources.get(i);
            if (!source.hasValidName()) {
                reader.refuse(key + ".name", source.name(), "a letter, then letters, digits and _, at most 63");
            }
            if (!source.hasValidUri()) {
                reader.refuse(key + ".uri", source.uri(), "s3://bucket/key, s3://bucket/prefix/ or https://host/path");
            }
            if (source.name() != null && !names.add(source.name())) {
                reader.refuse(key + ".name", source.name(), "a name that no other source has");
            }
        }
        recipe.map(Recipe::sourceNames)
                .filter(wanted -> !wanted.equals(names))
                .ifPresent(wanted -> reader.refuse(
                        "sources",
                        new TreeSet<>(names),
                        "exactly the sources of the recipe: " + new TreeSet<>(wanted)));
        recipe.flatMap(Recipe::incrementalSource)
                .flatMap(name -> sources.stream()
                        .filter(source -> name.equals(source.name()) && !source.isPrefix())
                        .findFirst())
                .ifPresent(source -> reader.refuse(
                        "sources",
                        source.uri(),
                        "a prefix (s3://bucket/prefix/) for %s: the recipe takes new objects of it only"
                                .formatted(source.name())));
        return sources;
    }

    private static SortedMap<String, Path> sampleData(SettingsReader reader, List<Source> sources) {
        var text = reader.text("sampleData");
        if (text.isEmpty()) {
            return new TreeMap<>();
        }
        var folder = Path.of(text);
        if (!Files.isDirectory(folder)) {
            reader.refuse("sampleData", folder, "a folder, as a path from the project's, or nothing");
            return new TreeMap<>();
        }
        var sampleData = SampleData.of(folder);
        for (int i = 0; i < sources.size(); i++) {
            if (sampleData.lacks(sources.get(i))) {
                reader.refuse(
                        "sources[%d].uri".formatted(i),
                        sources.get(i).uri(),
                        "what sampleData (%s) holds: %s".formatted(folder, sampleData.keys()));
            }
        }
        return sampleData.wantedBy(sources);
    }

    private static Optional<String> alertEmail(SettingsReader reader) {
        var address = reader.text("alertEmail");
        if (!address.isEmpty() && !address.matches("[^@\\s]+@[^@\\s]+")) {
            reader.refuse("alertEmail", address, "an e-mail address or nothing");
        }
        return Optional.of(address).filter(text -> !text.isEmpty());
    }

    /** The full name of a log group of this stack; CloudWatch groups names by their paths. */
    public String logGroupName(String service, String part) {
        return logGroupName(service, name, part);
    }

    /** @param name the project's and the stack's */
    public static String logGroupName(String service, String name, String part) {
        return "%s/%s/%s".formatted(service, name, part);
    }

    /** What of all this concerns the workflow. */
    public Plan workflow() {
        return new Plan(
                sources,
                recipe.incrementalSource(),
                extraction.concurrency(),
                extraction.timeoutSeconds(),
                transformation.timeoutMinutes(),
                runTimeoutMinutes,
                retention.keptRuns(),
                version);
    }
}
