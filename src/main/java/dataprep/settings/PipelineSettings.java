package dataprep.settings;

import dataprep.recipe.Recipe;
import dataprep.recipe.RecipeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The stack's configuration, validated as a whole before the first resource.
 *
 * <p>Keys, types, defaults and descriptions: Pulumi.yaml.
 *
 * @param name of the project and the stack, which distinguishes its resources from those of other stacks
 * @param version a hash of recipe and code
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
        Optional<HashKey> hashKey,
        boolean encryptWithKey,
        Deletion dataDeletion,
        int runTimeoutMinutes,
        int queryLimitMegabytes,
        Optional<String> alertEmail,
        StartSettings start,
        ReleaseSettings release,
        OperationsSettings operations) {

    public record Extraction(
            int memoryMegabytes, int timeoutSeconds, int concurrency, List<String> allowedSourceHosts) {}

    public record Transformation(
            String glueVersion,
            String workerType,
            int workers,
            boolean autoScaling,
            int timeoutMinutes,
            int concurrentRuns,
            boolean metrics,
            boolean flex) {}

    public record Retention(int logDays, int rawDays, int sensitiveRawDays, int reportDays, int keptRuns) {}

    /**
     * The worker types for Spark jobs that Pulumi's AWS provider 6.83.0 accepts. Of its other types, Standard is for
     * Glue 1.0 and earlier, G.025X for streaming and Z.2X for Ray.
     */
    private static final List<String> WORKER_TYPES = List.of("G.1X", "G.2X", "G.4X", "G.8X");

    private static final List<String> FLEX_WORKER_TYPES = List.of("G.1X", "G.2X");
    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
    private static final List<Integer> LOG_RETENTION_DAYS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    /**
     * @throws com.pulumi.exceptions.RunException with every invalid key, its value and the rule
     */
    public static PipelineSettings from(Configuration config) {
        var reader = new SettingsReader(config);
        var recipe = recipe(reader);
        var sources = SourceSettings.sources(reader, recipe);
        var sampleData = SourceSettings.sampleData(reader, sources);
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
                reader.flag("jobMetrics"),
                reader.flag("flexExecution"));
        if (transformation.flex() && !FLEX_WORKER_TYPES.contains(transformation.workerType())) {
            reader.refuse("flexExecution", true, "false with workerType " + transformation.workerType());
        }
        // Spark 3.5 rewrites a JSON number as a double before the job sees its digits
        recipe.map(Recipe::jsonSources)
                .filter(json -> !json.isEmpty() && transformation.glueVersion().equals("5.1"))
                .ifPresent(json -> reader.refuse(
                        "glueVersion",
                        transformation.glueVersion(),
                        "6.0 with sources in JSON: " + String.join(", ", json)));
        var retention = new Retention(
                reader.integer("logRetentionDays", LOG_RETENTION_DAYS),
                reader.integer("rawRetentionDays", 1, 3_650),
                reader.integer("sensitiveRawRetentionDays", 1, 3_650),
                reader.integer("reportRetentionDays", 1, 3_650),
                reader.integer("keptRuns", 1, 100));
        var hashKey = HashKey.from(reader, recipe);
        var encryptWithKey = reader.flag("encryptWithKey");
        var dataDeletion = Deletion.from(reader);
        var runTimeoutMinutes = reader.integer("runTimeoutMinutes", 2, 10_080);
        if (runTimeoutMinutes <= transformation.timeoutMinutes()) {
            reader.refuse(
                    "runTimeoutMinutes",
                    runTimeoutMinutes,
                    "more than transformTimeoutMinutes (%d)".formatted(transformation.timeoutMinutes()));
        }
        var queryLimitMegabytes = reader.integer("queryLimitMegabytes", 10, 2_000);
        var alertEmail = reader.email("alertEmail");
        var start = StartSettings.from(reader, sources);
        var release = ReleaseSettings.from(reader);
        var operations = OperationsSettings.from(reader, start, runTimeoutMinutes);
        reader.refuseUnknown();
        reader.throwProblems();
        return new PipelineSettings(
                config.project() + "-" + config.stack(),
                CodeVersion.of(recipe.orElseThrow().file()),
                recipe.orElseThrow(),
                sources,
                sampleData,
                extraction,
                transformation,
                retention,
                hashKey,
                encryptWithKey,
                dataDeletion,
                runTimeoutMinutes,
                queryLimitMegabytes,
                alertEmail,
                start,
                release,
                operations);
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

    public LogGroups logGroups() {
        return new LogGroups(name);
    }

    /** The settings of the workflow. */
    public WorkflowSettings workflow() {
        return new WorkflowSettings(
                sources,
                recipe.incrementalSource(),
                recipe.sensitiveSources(),
                extraction.concurrency(),
                extraction.timeoutSeconds(),
                transformation.timeoutMinutes(),
                runTimeoutMinutes,
                retention.keptRuns(),
                version,
                new MonitoringSettings(
                        name,
                        logGroups().all(),
                        operations.runMetrics(),
                        operations.webhook().isPresent(),
                        operations
                                .webhook()
                                .filter(webhook -> webhook.format().escapesMarkup())
                                .isPresent()));
    }
}
