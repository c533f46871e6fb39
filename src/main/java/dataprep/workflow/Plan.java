package dataprep.workflow;

import dataprep.recipe.Column;
import java.util.List;

/**
 * What the settings and the recipe tell the workflow.
 *
 * @param version changes with the recipe and the code: a run is due when it differs from that of the last publish
 * @param columns of the data set, in order
 */
public record Plan(
        List<Source> sources,
        int extractConcurrency,
        int extractTimeoutSeconds,
        int transformTimeoutMinutes,
        int runTimeoutMinutes,
        String version,
        List<Column> columns,
        Watching watching) {}
