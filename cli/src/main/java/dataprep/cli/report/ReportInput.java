package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.cli.run.Run;
import java.util.List;

/**
 * The input of the report besides the run itself.
 *
 * @param definition of the state machine that the execution follows, JSON
 * @param objects the first of the published objects: {uri, bytes, etag, version_id}
 */
public record ReportInput(Run run, JsonNode definition, List<JsonNode> objects, Quarantine quarantine) {}
