package dataprep.settings;

import dataprep.lake.LakePaths;
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
 * @param datasets in an order in which each is after those that it reads
 * @param sampleData files to upload, by their keys in the data bucket
 */
public record PipelineSettings(
        String name,
        List<DatasetSettings> datasets,
        SortedMap<String, Path> sampleData,
        Extraction extraction,
        Transformation transformation,
        Retention retention,
        Optional<HashKey> hashKey,
        SourceSecrets sourceSecrets,
        Optional<DatabaseNetwork> databaseNetwork,
        boolean encryptWithKey,
        Deletion dataDeletion,
        int runTimeoutMinutes,
        int queryLimitMegabytes,
        Optional<String> alertEmail,
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

    public record Retention(int logDays, int rawDays, int sensitiveRawDays, int reportDays) {}

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
        var stack = config.project() + "-" + config.stack();
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
        var retention = new Retention(
                reader.integer("logRetentionDays", LOG_RETENTION_DAYS),
                reader.integer("rawRetentionDays", 1, 3_650),
                reader.integer("sensitiveRawRetentionDays", 1, 3_650),
                reader.integer("reportRetentionDays", 1, 3_650));
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
        var datasets = DatasetList.from(reader, stack, runTimeoutMinutes);
        var sampleData = SourceSettings.sampleData(reader, DatasetList.sourcesByKey(datasets));
        var hashKey = HashKey.from(reader, datasets);
        var sourceSecrets = SourceSecrets.from(reader);
        var databaseNetwork = DatabaseNetwork.from(reader, datasets);
        var json = datasets.stream()
                .flatMap(dataset -> dataset.recipe().jsonSources().stream())
                .toList();
        refuseOnGlue51(reader, transformation.glueVersion(), "sources in JSON", json);
        var iceberg = datasets.stream()
                .filter(dataset -> dataset.recipe().table().isIceberg())
                .map(DatasetSettings::name)
                .toList();
        refuseOnGlue51(reader, transformation.glueVersion(), "Iceberg tables", iceberg);
        var operations = OperationsSettings.from(reader);
        reader.refuseUnknown();
        reader.throwProblems();
        return new PipelineSettings(
                stack,
                datasets,
                sampleData,
                extraction,
                transformation,
                retention,
                hashKey,
                sourceSecrets,
                databaseNetwork,
                encryptWithKey,
                dataDeletion,
                runTimeoutMinutes,
                queryLimitMegabytes,
                alertEmail,
                operations);
    }

    /**
     * Refuses what needs Glue 6.0: Spark 3.5 rewrites a JSON number as a double before the job sees its digits, and the
     * classes of its Iceberg differ from those that the job uses.
     */
    private static void refuseOnGlue51(SettingsReader reader, String glueVersion, String what, List<String> names) {
        if (glueVersion.equals("5.1") && !names.isEmpty()) {
            reader.refuse("glueVersion", glueVersion, "6.0 with %s: %s".formatted(what, String.join(", ", names)));
        }
    }

    public LogGroups logGroups() {
        return new LogGroups(name);
    }

    /** Whether the stack has several data sets, each under its own prefix and with its own names. */
    public boolean hasSeveralDatasets() {
        return !datasets.get(0).place().qualifier().isEmpty();
    }

    /** The keys of the data sets in policies, with * for the name of any of several. */
    public LakePaths pathsOfAllDatasets() {
        return hasSeveralDatasets() ? LakePaths.of("*") : LakePaths.ROOT;
    }

    /** Whether the copies of any source are kept for a shorter time. */
    public boolean hasSensitiveSources() {
        return datasets.stream()
                .anyMatch(dataset -> !dataset.recipe().sensitiveSources().isEmpty());
    }

    /** Whether any data set is an Iceberg table. */
    public boolean hasIcebergTables() {
        return datasets.stream().anyMatch(dataset -> dataset.recipe().table().isIceberg());
    }

    /** Whether a new object in the stack's own bucket starts runs. */
    public boolean startsOnObjectsInDataBucket() {
        return datasets.stream()
                .filter(dataset -> dataset.start().onNewObjects())
                .flatMap(dataset -> dataset.sources().stream())
                .anyMatch(source ->
                        source.s3Bucket().filter(Source.DATA_BUCKET::equals).isPresent());
    }

    /** The sources of all data sets that are outside the stack's data sets. */
    public List<Source> externalSources() {
        return datasets.stream()
                .flatMap(dataset -> dataset.sources().stream())
                .filter(source -> source.upstream().isEmpty())
                .toList();
    }

    /** The sources that the job reads from databases. */
    public List<Source> databaseSources() {
        return externalSources().stream().filter(Source::isDatabase).toList();
    }

    /** The settings of a data set's workflow. */
    public WorkflowSettings workflow(DatasetSettings dataset) {
        return new WorkflowSettings(
                dataset.sources(),
                dataset.recipe().incrementalSource(),
                dataset.recipe().sensitiveSources(),
                extraction.concurrency(),
                extraction.timeoutSeconds(),
                transformation.timeoutMinutes(),
                dataset.workers(),
                runTimeoutMinutes,
                dataset.recipe().table().isIceberg(),
                dataset.keptRuns(),
                dataset.version(),
                new MonitoringSettings(
                        name,
                        dataset.place().pipeline(),
                        logGroups().of(dataset),
                        operations.runMetrics(),
                        operations.webhook().isPresent(),
                        operations
                                .webhook()
                                .filter(webhook -> webhook.format().escapesMarkup())
                                .isPresent()));
    }
}
