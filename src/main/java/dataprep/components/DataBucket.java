package dataprep.components;

import com.pulumi.asset.FileAsset;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import dataprep.lake.LakePaths;
import dataprep.settings.DatasetSettings;
import dataprep.settings.PipelineSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bucket for the data of all runs, with the sample data. */
public final class DataBucket extends ComponentResource {
    private static final int QUERY_RESULT_DAYS = 7;

    private final Output<String> name;

    DataBucket(String name, PipelineSettings settings, Encryption encryption, Output<AwsTarget> target) {
        super("dataprep:index:DataBucket", name);
        this.name = new SecureBucket(
                        "dataBucket",
                        expiryDays(settings),
                        sensitiveDays(settings),
                        settings.dataDeletion(),
                        encryption,
                        target,
                        this)
                .name();
        settings.sampleData()
                .forEach((key, file) -> SecureBucket.upload(
                        "sample-" + key, this.name, key, Output.of(new FileAsset(file.toString())), this));
        registerOutputs(Map.of("name", this.name));
    }

    public Output<String> name() {
        return name;
    }

    private static Map<String, Integer> expiryDays(PipelineSettings settings) {
        var days = new LinkedHashMap<String, Integer>();
        settings.datasets().stream()
                .map(DatasetSettings::paths)
                .forEach(paths -> days.putAll(expiryDays(paths, settings.retention())));
        days.put(LakePaths.QUERY_RESULTS, QUERY_RESULT_DAYS);
        return days;
    }

    private static Map<String, Integer> sensitiveDays(PipelineSettings settings) {
        var days = new LinkedHashMap<String, Integer>();
        settings.datasets().stream()
                .filter(dataset -> !dataset.recipe().sensitiveSources().isEmpty())
                .forEach(dataset ->
                        days.put(dataset.paths().raw(), settings.retention().sensitiveRawDays()));
        return days;
    }

    private static Map<String, Integer> expiryDays(LakePaths paths, PipelineSettings.Retention retention) {
        var days = new LinkedHashMap<String, Integer>();
        days.put(paths.raw(), retention.rawDays());
        days.put(paths.quarantine(), retention.reportDays());
        days.put(paths.quality(), retention.reportDays());
        days.put(paths.reports(), retention.reportDays());
        days.put(paths.lineage(), retention.reportDays());
        return days;
    }
}
