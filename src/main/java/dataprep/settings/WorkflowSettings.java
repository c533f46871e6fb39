package dataprep.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The inputs of the workflow from settings and recipe.
 *
 * @param incrementalSource the source of which runs take new objects only, if there is one
 * @param sensitiveSources the sources whose copies are kept for a shorter time
 * @param workers of the job's runs, if they differ from the job's own
 * @param iceberg whether the data set is an Iceberg table
 * @param keptRuns the number of retained runs, including the current one
 * @param version a hash of recipe and code; a run publishes if it differs from that of the last publish
 */
public record WorkflowSettings(
        List<Source> sources,
        Optional<String> incrementalSource,
        Set<String> sensitiveSources,
        int extractConcurrency,
        int extractTimeoutSeconds,
        int transformTimeoutMinutes,
        Optional<JobWorkers> workers,
        int runTimeoutMinutes,
        boolean iceberg,
        int keptRuns,
        String version,
        MonitoringSettings monitoring) {

    /** Whether the extraction of a source may take several invocations of the function. */
    public boolean hasPagedSources() {
        return sources.stream().anyMatch(source -> source.paging() != null);
    }

    /** Whether the job reads a source from a database. */
    public boolean hasDatabases() {
        return sources.stream().anyMatch(Source::isDatabase);
    }

    /** Whether a source gives only rows from the published watermark on. */
    public boolean usesWatermark() {
        return sources.stream().anyMatch(Source::isSince);
    }
}
