package dataprep.settings;

import java.util.List;
import java.util.Optional;

/**
 * What the settings and the recipe tell the workflow.
 *
 * @param incrementalSource the source of which a run takes new objects only, if there is one
 * @param keptRuns how many of the last published runs keep their data sets, the current one included
 * @param version changes with the recipe and the code: a run is due when it differs from that of the last publish
 */
public record WorkflowSettings(
        List<Source> sources,
        Optional<String> incrementalSource,
        int extractConcurrency,
        int extractTimeoutSeconds,
        int transformTimeoutMinutes,
        int runTimeoutMinutes,
        int keptRuns,
        String version,
        MonitoringSettings watching) {}
