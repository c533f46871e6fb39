package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.cli.run.Run;
import dataprep.settings.Source;
import java.util.List;

/**
 * The input of the report besides the run itself.
 *
 * @param definition of the state machine that the execution follows, JSON
 * @param sources that it extracts
 * @param related the runs of other data sets that this run reads or that read it
 * @param objects the first of the published objects: {uri, bytes, etag, version_id}
 */
public record ReportInput(
        Run run,
        JsonNode definition,
        List<Source> sources,
        List<RelatedRun> related,
        List<JsonNode> objects,
        Quarantine quarantine) {}
