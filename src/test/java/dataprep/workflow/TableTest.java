package dataprep.workflow;

import static dataprep.workflow.Shipped.ICEBERG;
import static dataprep.workflow.Shipped.INCREMENTAL;
import static dataprep.workflow.Shipped.MACHINE;
import static dataprep.workflow.Shipped.QUALITY;
import static dataprep.workflow.Shipped.at;
import static dataprep.workflow.Shipped.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.asl.Evaluate;
import dataprep.asl.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The states of a data set that is an Iceberg table. */
class TableTest {
    private static final String NEW = "s3://data-bucket/transformed-data/table/run_id=run-1/job_run=j/metadata/1.json";
    private static final String OLD = "s3://data-bucket/transformed-data/table/run_id=run-0/job_run=j/metadata/0.json";

    @Test
    void aDataSetInParquetHasNoneOfThem() {
        for (var machine : List.of(MACHINE, INCREMENTAL)) {
            assertFalse(machine.toJson().contains("ExpireFiles"));
            assertFalse(machine.toJson().contains("ReadCatalogTable"));
            assertFalse(machine.toJson().contains("--datalake-formats"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LoadData PointTable manifest", "RestoreData PointTableAgain restored"})
    void theCatalogNamesTheMetadataFileAndThePreviousOne(String state) {
        var table = table(state, Map.of("metadata_location", NEW, "dataset", "s3://b/d/"), OLD);
        assertEquals("EXTERNAL_TABLE", table.path("TableType").asText());
        assertEquals(
                Map.of("table_type", "ICEBERG", "metadata_location", NEW, "previous_metadata_location", OLD),
                Shipped.JSON.convertValue(table.path("Parameters"), Map.class));
        assertEquals(
                "s3://data-bucket/transformed-data/table",
                table.at("/StorageDescriptor/Location").asText());
        assertEquals("id", table.at("/StorageDescriptor/Columns/0/Name").asText());
        assertTrue(table.at("/StorageDescriptor/SerdeInfo").isMissingNode());
    }

    @Test
    void theFirstVersionHasNoPreviousOne() {
        var table = table("LoadData PointTable manifest", Map.of("metadata_location", NEW), "");
        assertEquals(2, table.path("Parameters").size());
    }

    /** Of a data set whose format has changed, a retained run may have the other format. */
    @Test
    void aRunInParquetIsPublishedAsParquet() {
        var table = table("RestoreData PointTableAgain restored", Map.of("dataset", "s3://b/d/"), NEW);
        assertEquals(
                "{\"classification\":\"parquet\"}", table.path("Parameters").toString());
        assertEquals("s3://b/d/", table.at("/StorageDescriptor/Location").asText());
        assertEquals(
                PublishedTable.SERDE,
                table.at("/StorageDescriptor/SerdeInfo/SerializationLibrary").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LoadData PointTable manifest", "RestoreData PointTableAgain restored"})
    void partitionsOfParquetAreProjected(String state) {
        var projection = Map.of("projection.enabled", "true", "projection.day.type", "date");
        var table = table(
                state,
                Map.of(
                        "dataset",
                        "s3://b/d/",
                        "columns",
                        List.of(column("day", "date"), column("id", "int"), column("city", "string")),
                        "partitioning",
                        Map.of("keys", List.of("city", "day"), "parameters", projection)),
                "");
        assertEquals(
                Shipped.JSON.valueToTree(List.of(column("city", "string"), column("day", "date"))),
                table.path("PartitionKeys"));
        assertEquals(Shipped.JSON.valueToTree(List.of(column("id", "int"))), table.at("/StorageDescriptor/Columns"));
        assertEquals(
                Map.of("classification", "parquet", "projection.enabled", "true", "projection.day.type", "date"),
                Shipped.JSON.convertValue(table.path("Parameters"), Map.class));
    }

    @Test
    void aTableWithoutPartitionsHasAllColumns() {
        var columns = List.of(column("day", "date"), column("id", "int"));
        var table =
                table("RestoreData PointTableAgain restored", Map.of("dataset", "s3://b/d/", "columns", columns), "");
        assertEquals("[]", table.path("PartitionKeys").toString());
        assertEquals(2, table.at("/StorageDescriptor/Columns").size());
    }

    /** The restoration after a first run that failed: the table that the deployment made. */
    @Test
    void aTableWithoutARunKeepsItsPartitionColumns() {
        var found = Map.of(
                "VersionId",
                "3",
                "StorageDescriptor",
                Map.of("Columns", List.of(column("id", "int"))),
                "PartitionKeys",
                List.of(column("day", "date")));
        var read = on("result", Map.of("Table", found))
                .template(at("/LoadData/Branches/0/States/ReadViews/Branches/0/States/ReadTable/Output"));
        var table = on("context", Map.of("Execution", Map.of("RedriveCount", 0)))
                .variable("restored", Map.of())
                .variable("claimRedrives", 0)
                .variable("tableVersion", read.path("version"))
                .variable("tableMetadata", read.path("metadata"))
                .variable("tableColumns", read.path("columns"))
                .variable("tableKeys", read.path("keys"))
                .template(at("/RestoreData/Branches/0/States/PointTableAgain/Arguments"))
                .path("TableInput");
        assertEquals("day", table.at("/PartitionKeys/0/Name").asText());
        assertEquals(1, table.path("PartitionKeys").size());
        assertEquals("id", table.at("/StorageDescriptor/Columns/0/Name").asText());
        assertEquals(1, table.at("/StorageDescriptor/Columns").size());
    }

    private static Map<String, Object> column(String name, String type) {
        return Map.of("Name", name, "Type", type);
    }

    private static JsonNode table(String where, Map<String, Object> manifest, String metadata) {
        var names = where.split(" ");
        return on("context", Map.of("Execution", Map.of("RedriveCount", 0)))
                .variable(names[2], manifest)
                .variable("claimRedrives", 0)
                .variable("tableVersion", "7")
                .variable("tableMetadata", metadata)
                .variable("tableColumns", List.of(Map.of("Name", "id", "Type", "int")))
                .template(at("/%s/Branches/0/States/%s/Arguments".formatted(names[0], names[1])))
                .path("TableInput");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'run_id': 'run-0', 'metadata_location': 'm0'}                 | m0 | true
            {'run_id': 'run-0', 'metadata_location': 'm0'}                 | m1 | false
            {'run_id': 'run-0', 'metadata_location': 'm0'}                 | '' | false
            {}                                                             | '' | true
            {}                                                             | m1 | false
            {'run_id': 'run-0', 'metadata_location': 'm0','publishing':{}} | m1 | true
            """)
    void aRunBeginsOnlyIfTheCatalogNamesThePublishedVersion(String published, String catalog, boolean begins)
            throws Exception {
        var evaluated = Evaluate.onNothing()
                .variable("published", Shipped.JSON.readTree(published.replace('\'', '"')))
                .variable("catalogMetadata", catalog);
        assertEquals(
                begins,
                evaluated
                        .template(at(ICEBERG, "/TableKnown/Choices/0/Condition"))
                        .asBoolean());
    }

    @Test
    void theErrorNamesBothMetadataFilesAndTheSolution() {
        var failure = Evaluate.onNothing()
                .variable("published", Map.of("metadata_location", "m0"))
                .variable("catalogMetadata", "m1")
                .template(at(ICEBERG, "/TableChanged/Assign/failure"));
        assertEquals("TableNotPublished", failure.path("error").asText());
        assertEquals(
                "another writer has changed the table: the catalog names m1, the manifest m0; a rollback to the published"
                        + " run publishes it again",
                failure.path("cause").asText());
        var none = Evaluate.onNothing()
                .variable("published", Map.of())
                .variable("catalogMetadata", "m1")
                .template(at(ICEBERG, "/TableChanged/Assign/failure"));
        assertTrue(none.path("cause").asText().contains("the manifest no metadata file;"));
    }

    @ParameterizedTest
    @CsvSource({"e1, e1, false", "e1, e2, true"})
    void aRunThatAnotherOneOvertookStartsAgain(String read, String confirmed, boolean again) {
        var condition = Evaluate.onNothing()
                .variable("publishedEtag", read)
                .variable("confirmedEtag", confirmed)
                .template(at(ICEBERG, "/TableChanged/Choices/0/Condition"));
        assertEquals(again, condition.asBoolean());
    }

    @Test
    void theJobLearnsThePublishedVersionAndTheRunsThatStayPublished() {
        var history = IntStream.range(0, 20)
                .mapToObj(number -> Map.of("run_id", "run-" + number))
                .toList();
        var arguments = arguments(Map.of("metadata_location", OLD, "history", history), Map.of());
        assertEquals("iceberg", arguments.path("--datalake-formats").asText());
        assertEquals(OLD, arguments.path("--table").asText());
        assertEquals("false", arguments.path("--force").asText());
        // without run-1, which is being made
        assertEquals(
                "none,run-0,run-2,run-3",
                arguments.path("--kept_runs").asText().substring(0, "none,run-0,run-2,run-3".length()));
        assertEquals(
                Shipped.plan("v").keptRuns(),
                arguments.path("--kept_runs").asText().split(",").length);
    }

    @Test
    void theFirstRunHasNoPublishedVersion() {
        var arguments = arguments(Map.of(), Map.of("force", true));
        assertEquals("none", arguments.path("--table").asText());
        assertEquals("none", arguments.path("--kept_runs").asText());
        assertEquals("true", arguments.path("--force").asText());
    }

    private static JsonNode arguments(Map<String, Object> published, Map<String, Object> input) {
        return on("context", Map.of("Execution", Map.of("Name", "run-1", "Input", input)))
                .variable("published", published)
                .variable("full", true)
                .variable("extraction", "1")
                .variable("run", "run-1")
                .template(at(ICEBERG, "/TransformData/Arguments"))
                .path("Arguments");
    }

    @Test
    void theManifestAndItsHistoryNameTheMetadataFile() {
        var quality = new HashMap<>(QUALITY);
        quality.put("table", Map.of("metadata_location", NEW));
        var manifest = manifest(quality, ICEBERG);
        assertEquals(NEW, manifest.path("metadata_location").asText());
        assertEquals(NEW, manifest.at("/history/0/metadata_location").asText());
        assertTrue(manifest(QUALITY, MACHINE).path("metadata_location").isMissingNode());
    }

    private static JsonNode manifest(Map<String, Object> quality, dataprep.asl.StateMachine machine) {
        return on("context", Shipped.CONTEXT)
                .variable("quality", quality)
                .variable("sources", List.of())
                .variable("run", "run-1")
                .variable("jobRun", "j")
                .variable("version", "v")
                .variable("published", Shipped.PUBLISHED)
                .template(at(machine, "/QualityGate/Choices/0/Assign/manifest"));
    }

    @ParameterizedTest
    @CsvSource({"run-1, 1, true", "run-1, 0, false", "run-0, 1, false"})
    void filesAreDeletedAfterAPublicationThatEndsTheRetentionOfARun(String run, int stale, boolean due) {
        var condition = on("context", Shipped.CONTEXT)
                .variable("run", run)
                .variable("staleRuns", List.of("p").subList(0, stale))
                .template(at(ICEBERG, "/FilesToExpire/Choices/0/Condition"));
        assertEquals(due, condition.asBoolean());
    }

    @Test
    void anErrorOfTheDeletionIsAWarning() {
        Payload caught = at(ICEBERG, "/ExpireFiles/Catch/0/Assign/pruneWarnings");
        var warnings = on("errorOutput", Map.of("Error", "States.TaskFailed", "Cause", "no"))
                .variable("pruneWarnings", List.of("earlier"))
                .template(caught);
        assertEquals("[\"earlier\",\"ExpireFiles: States.TaskFailed: no\"]", warnings.toString());
        var jobRun = "{\"Id\":\"jr_1\",\"ErrorMessage\":\"IOError: denied\",\"JobName\":\"j\"}";
        var ofJob = on("errorOutput", Map.of("Error", "States.TaskFailed", "Cause", jobRun))
                .variable("pruneWarnings", List.of())
                .template(caught);
        assertEquals("[\"ExpireFiles: States.TaskFailed: IOError: denied\"]", ofJob.toString());
        var stopped = Evaluate.onNothing()
                .variable("pruneWarnings", List.of())
                .variable("expiryState", "STOPPED")
                .template(at(ICEBERG, "/FilesExpired/Choices/0/Assign/pruneWarnings"));
        assertEquals("[\"ExpireFiles: the Glue job run ended with status STOPPED\"]", stopped.toString());
    }
}
