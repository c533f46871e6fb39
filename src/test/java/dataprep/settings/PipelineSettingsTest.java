package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.pulumi.exceptions.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"dev", "local", "prod"})
    void everyStackFileIsValid(String stack) {
        assertEquals(
                3, StackFiles.onlyDataset(StackFiles.settings(stack)).sources().size());
    }

    @Test
    void devUploadsJustTheSampleFilesThatItsSourcesName() {
        assertEquals(
                Set.of("samples/airlines.csv", "samples/flights.csv", "samples/weather.csv"),
                StackFiles.settings("dev").sampleData().keySet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            workers                 | 1            | a whole number from 2 to 299
            workers                 | two          | a whole number from 2 to 299
            workerType              | Standard     | one of G.1X, G.2X, G.4X, G.8X
            workerType              | G.12X        | one of G.1X, G.2X, G.4X, G.8X
            workerType              | R.1X         | one of G.1X, G.2X, G.4X, G.8X
            workerType              | Z.2X         | one of G.1X, G.2X, G.4X, G.8X
            glueVersion             | 2.0          | one of 6.0, 5.1
            autoScaling             | yes          | one of true, false
            logRetentionDays        | 8            | one of [1, 3, 5, 7
            extractTimeoutSeconds   | 901          | a whole number from 1 to 900
            runTimeoutMinutes       | 60           | more than transformTimeoutMinutes (60)
            alertEmail              | nobody       | an e-mail address
            sampleData              | no-such      | a folder
            recipe                  | no-such.json | the path of a recipe file
            allowedSourceHosts      | example.org  | a list of host names
            schedule                | daily        | cron(..) with the six fields
            scheduleTimeZone        | Vienna       | a time zone, such as
            scheduleTimeZone        | +01:00       | a time zone, such as
            scheduleWindowMinutes   | 1441         | a whole number from 0 to 1440
            startOnNewObjects       | maybe        | one of true, false
            newVersionPercent       | 10           | 0 unless liveVersion is set
            freshnessHours          | 169          | a whole number from 0 to 168
            alarmEmail              | nobody       | an e-mail address
            alertWebhookFormat      | irc          | one of slack, teams
            """)
    void anInvalidValueIsReportedWithKeyValueAndRule(String key, String value, String allowed) {
        assertProblem(
                Map.of(key, value),
                "data-preparation:%s: invalid value '%s'; must be %s".formatted(key, value, allowed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ftp://host/flights.csv     | sources[0].uri: invalid value 'ftp://host/flights.csv'
            http://host/flights.csv    | sources[0].uri: invalid value 'http://host/flights.csv'
            https://                   | sources[0].uri: invalid value 'https://'
            https://me:pw@host/f.csv   | sources[0].uri: invalid value 'https://me:pw@host/f.csv'
            s3://bucket                | sources[0].uri: invalid value 's3://bucket'
            s3://Bucket/key            | sources[0].uri: invalid value 's3://Bucket/key'
            """)
    void aSourceWithAnotherSchemeIsRejected(String uri, String expected) {
        assertProblem(Map.of("sources", sources("flights", uri, "airlines", "weather")), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://{dataBucket}/samples/fligths.csv", "s3://{dataBucket}/samples/flights/"})
    void aMissingSampleFileIsReportedWithTheExistingFiles(String uri) {
        assertProblem(
                Map.of("sources", sources("flights", uri, "airlines", "weather")),
                "sources[0].uri: invalid value '%s'; must be one of the files of sampleData (samples): [samples/README.md, "
                        .formatted(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "null", "{}", "flights"})
    void sourcesMustBeAListOfNamesAndUris(String sources) {
        assertProblem(Map.of("sources", sources), "sources: invalid value '" + sources);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"name": "a", "url": "s3://b/c"}]                    | sources[0].url: unknown key; must be one of auth, database, name, paging, since, uri
            [[]]                                                  | sources[0]: invalid value '[]'; must be an object
            [{"name": ["a"], "uri": "s3://b/c"}]                  | sources[0].name: invalid value '["a"]'; must be a text
            [{"name": "a", "uri": "https://b/c", "paging": "page"}] | sources[0].paging: invalid value 'page'; must be an object
            """)
    void aWrongPartOfASourceIsNamedByItsPlace(String sources, String expected) {
        assertProblem(Map.of("sources", sources), expected);
    }

    @Test
    void aSourceWithoutAUriIsRejected() {
        assertProblem(Map.of("sources", "[{\"name\": \"flights\"}]"), "sources[0].uri: is missing");
    }

    @Test
    void twoSourcesOfOneNameAreRejected() {
        assertProblem(
                Map.of("sources", sources("flights", "s3://bucket/a", "flights", "weather")),
                "sources[1].name: invalid value 'flights'; must be a name that no other source has");
    }

    @Test
    void theSourcesAreThoseOfTheRecipe() {
        assertProblem(
                Map.of("sources", sources("flights", "s3://bucket/a", "airlines", "climate")),
                "sources: invalid value '[airlines, climate, flights]'; must be exactly the sources of the recipe");
    }

    @Test
    void dataAreNotBothProtectedAndDeleted() {
        assertProblem(
                Map.of("protectData", "true", "deleteDataOnDestroy", "true"),
                "protectData: invalid value 'true'; must be false with deleteDataOnDestroy");
    }

    @Test
    void spareCapacityComesInSmallWorkersOnly() {
        assertProblem(
                Map.of("flexExecution", "true", "workerType", "G.4X"),
                "flexExecution: invalid value 'true'; must be false with workerType G.4X");
    }

    @ParameterizedTest
    @CsvSource({"json, 5.1, false", "jsonLines, 5.1, false", "csv, 5.1, true", "jsonLines, 6.0, true"})
    void sourcesInJsonNeedGlue6(String format, String version, boolean isAllowed, @TempDir Path folder)
            throws Exception {
        var recipe = Files.writeString(
                folder.resolve("recipe.json"),
                Files.readString(Path.of("src/test/resources/incremental.json")).replace("csv", format));
        var settings = Map.of(
                "recipe",
                recipe.toString(),
                "glueVersion",
                version,
                "sources",
                "[{\"name\": \"orders\", \"uri\": \"s3://{dataBucket}/landing/orders/\"}]");
        if (isAllowed) {
            assertEquals(
                    version,
                    StackFiles.settings("dev", settings).transformation().glueVersion());
        } else {
            assertProblem(settings, "glueVersion: invalid value '5.1'; must be 6.0 with sources in JSON: orders");
        }
    }

    @Test
    void icebergTablesNeedGlue6(@TempDir Path folder) throws Exception {
        var recipe = Files.writeString(
                folder.resolve("recipe.json"),
                Files.readString(Path.of("src/test/resources/incremental.json"))
                        .replace("{\"partitionBy\"", "{\"format\": \"iceberg\", \"partitionBy\""));
        assertProblem(
                Map.of(
                        "recipe",
                        recipe.toString(),
                        "glueVersion",
                        "5.1",
                        "sources",
                        "[{\"name\": \"orders\", \"uri\": \"s3://{dataBucket}/landing/orders/\"}]"),
                "glueVersion: invalid value '5.1'; must be 6.0 with Iceberg tables: orders");
    }

    /** The budget counts by this tag. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "local", "prod"})
    void everyStackFileTagsWhatItDeploysWithTheStacksName(String stack) throws Exception {
        var file = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("Pulumi.%s.yaml".formatted(stack)).toFile());
        assertEquals(
                StackFiles.settings(stack).name(),
                file.path("config").path("aws:defaultTags").at("/tags/stack").asText());
    }

    @Test
    void aWebhookIsHttpsAndNeverShown() {
        var message = assertProblem(
                Map.of("alertWebhook", "http://chat/secret"),
                "alertWebhook: invalid value '...'; must be an https:// address");
        assertFalse(message.contains("secret"), message);
        var settings = StackFiles.settings("dev", Map.of("alertWebhook", "https://chat/secret"));
        assertFalse(settings.toString().contains("secret"), settings.toString());
    }

    @Test
    void theAddressOfALineageEndpointIsHttpsAndNeverShown() {
        var message = assertProblem(
                Map.of("lineageEndpoint", "http://lineage/secret"),
                "lineageEndpoint: invalid value '...'; must be an https:// address");
        assertFalse(message.contains("secret"), message);
        var settings = StackFiles.settings("dev", Map.of("lineageEndpoint", "https://lineage/secret"));
        assertFalse(settings.toString().contains("secret"), settings.toString());
    }

    @Test
    void aWindowAsLongAsTheScheduleIntervalIsRejected() {
        assertProblem(
                Map.of("schedule", "rate(1 hour)", "scheduleWindowMinutes", "60"),
                "scheduleWindowMinutes: invalid value '60'; must be less than the 60 minutes between two starts");
    }

    @Test
    void aPrefixThatRunsWriteToCannotStartRuns() {
        var own = sources("flights", "s3://{dataBucket}/raw/run_id=1/", "airlines", "weather");
        assertProblem(
                Map.of("startOnNewObjects", "true", "sources", own, "sampleData", ""),
                "sources[0].uri: invalid value 's3://{dataBucket}/raw/run_id=1/'; must be a prefix that no run writes to");
    }

    @Test
    void sourcesWithoutEventsCannotStartRuns() {
        var remote = sources("flights", "https://host/f", "airlines", "weather").replace("s3://bucket", "https://host");
        assertProblem(
                Map.of("startOnNewObjects", "true", "sources", remote, "sampleData", ""),
                "startOnNewObjects: invalid value 'true'; must be false if no source is in S3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rate(1 hour)        | 0  | 0  | 3
            rate(1 hour)        | 0  | 30 | 4
            cron(0 3 * * ? *)   | 0  | 0  | 26
            cron(0 3 * * ? *)   | 48 | 0  | 48
            cron(0 3 1 * ? *)   | 0  | 0  |
            ''                  | 0  | 0  |
            ''                  | 12 | 0  | 12
            """)
    void dataAreStaleOnceTheLongestGapAndTheLongestRunAreOver(
            String schedule, String hours, String window, Long stale) {
        var settings = StackFiles.settings(
                "dev", Map.of("schedule", schedule, "freshnessHours", hours, "scheduleWindowMinutes", window));
        assertEquals(
                stale,
                StackFiles.onlyDataset(settings)
                        .freshness()
                        .map(Duration::toHours)
                        .orElse(null));
    }

    @Test
    void anUnknownKeyIsReportedWithTheKnownKeys() {
        var message = assertProblem(Map.of("wokers", "4"), "data-preparation:wokers: unknown key; must be one of ");
        assertTrue(message.contains("workers"), message);
    }

    @Test
    void keysOfOtherNamespacesAreIgnored() {
        assertEquals("data-preparation-dev", StackFiles.settings("dev").name());
    }

    @Test
    void allProblemsAreReportedTogether() {
        var message =
                assertProblem(Map.of("workers", "1", "workerType", "X", "wokers", "4"), "workers: invalid value '1'");
        assertTrue(
                message.contains("workerType: invalid value 'X'") && message.contains("wokers: unknown key"), message);
    }

    @Test
    void theVersionChangesWithTheRecipe(@TempDir Path folder) throws Exception {
        var copy = folder.resolve("recipe.json");
        var recipe = Files.readString(Path.of("glue-scripts/recipes/flights.json"));
        Files.writeString(copy, recipe + "\n");
        var changed = StackFiles.settings("dev", Map.of("recipe", copy.toString()));
        assertNotEquals(
                StackFiles.onlyDataset(StackFiles.settings("dev")).version(),
                StackFiles.onlyDataset(changed).version());
    }

    private static String assertProblem(Map<String, String> changes, String expected) {
        var message = assertThrows(RunException.class, () -> StackFiles.settings("dev", changes))
                .getMessage();
        assertTrue(message.contains(expected), message);
        return message;
    }

    private static String sources(String first, String uri, String second, String third) {
        return """
                [{"name": "%s", "uri": "%s"}, {"name": "%s", "uri": "s3://bucket/b"}, {"name": "%s", "uri": "s3://bucket/c"}]""".formatted(first, uri, second, third);
    }
}
