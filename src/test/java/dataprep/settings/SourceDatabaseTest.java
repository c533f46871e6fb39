package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import dataprep.RecordedStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceDatabaseTest {
    private static final String TABLE = "{'table': 'orders'}";
    private static final String BASIC = "{'type': 'basic', 'secret': 'shop'}";
    private static final String URI = "jdbc:postgresql://db.example.org:5432/shop";
    private static final String NETWORK =
            "{\"subnet\": \"subnet-1a\", \"securityGroups\": [\"sg-1\", \"sg-2\"], \"availabilityZone\": \"eu-central-1a\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                URI,
                "jdbc:postgresql://db.example.org/shop",
                "jdbc:mysql://10.0.0.1:3306/shop",
                "jdbc:mysql://[fd00::1]:3306/shop"
            })
    void anAddressHasTheFormOfJdbc(String uri) {
        var source = onlySource(settings(uri, TABLE, BASIC));
        assertTrue(source.isDatabase());
        assertEquals(10_000, source.database().fetchSize());
        assertEquals(3_600, source.database().timeoutSeconds());
        assertEquals(false, source.database().allowPlaintext());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.org/shop?ssl=false",
                "jdbc:postgresql://user:secret@db.example.org/shop",
                "jdbc:oracle://db.example.org/shop",
                "jdbc:mysql://db.example.org"
            })
    void anotherAddressIsRefused(String uri) {
        assertProblem(settings(uri, TABLE, BASIC), "sources[0].uri: invalid value '" + uri);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                     | database: is missing; must be an object with either table or query
            {'table': 'a', 'query': 'select 1'}    | database: invalid value 'table, query'; must be an object with either
            {'query': 'select 1;'}                 | database.query: invalid value 'select 1;'; must be one statement without
            {'table': 'a', 'fetchSize': 0}         | database.fetchSize: invalid value '0'; must be a whole number from 1 to 1000000
            {'table': 'a', 'timeoutSeconds': 0}    | database.timeoutSeconds: invalid value '0'
            {'table': 'a', 'allowPlaintext': 'so'} | database.allowPlaintext: invalid value 'so'; must be true or false
            {'table': 'a', 'partition': {'count': 2}}                | database.partition.column: is missing
            {'table': 'a', 'partition': {'column': 'id', 'count': 1}}| database.partition.count: invalid value '1'; must be a whole number from 2 to 64
            {'table': 'a', 'partition': {'column': 'id', 'count': 2, 'lower': 5}}              | database.partition: invalid value 'lower 5, upper null'
            {'table': 'a', 'partition': {'column': 'id', 'count': 2, 'lower': 5, 'upper': 5}}  | database.partition: invalid value 'lower 5, upper 5'
            """)
    void invalidSettingsAreReportedWithTheirPlace(String database, String expected) {
        assertProblem(settings(URI, database, BASIC), "sources[0]." + expected.strip());
    }

    @Test
    void aDatabaseNeedsAUserAndAPassword() {
        assertProblem(settings(URI, TABLE, "null"), "sources[0].auth.type: is missing; must be basic for a database");
        assertProblem(
                settings(URI, TABLE, "{'type': 'bearer', 'secret': 'a'}"),
                "sources[0].auth.type: invalid value 'bearer'; must be basic for a database");
    }

    @Test
    void theRowsOfADatabaseAreParquet() {
        var changes = settings(URI, TABLE, BASIC);
        changes.put("recipe", "src/test/resources/watermark.json");
        assertProblem(changes, "$.sources.orders.format.type: invalid value 'jsonLines'; must be parquet");
    }

    @Test
    void onlyADatabaseHasTheSettingsOfOne() {
        assertProblem(
                settings("s3://bucket/orders/", TABLE, "null"),
                "sources[0].database: invalid value 's3://bucket/orders/'; must be unset: it is for a jdbc: address");
    }

    @Test
    void aNetworkIsForADatabaseAndHasIds() {
        assertProblem(Map.of("databaseNetwork", NETWORK), "databaseNetwork: invalid value");
        var changes = settings(URI, TABLE, BASIC);
        changes.put("databaseNetwork", "{\"subnet\": \"a\", \"securityGroups\": []}");
        assertProblem(changes, "databaseNetwork.subnet: invalid value 'a'; must be the id of a subnet");
        assertProblem(changes, "databaseNetwork.securityGroups: invalid value '[]'");
        assertProblem(changes, "databaseNetwork.availabilityZone: is missing");
    }

    @Test
    void theJobAndNotTheFunctionMayReadTheSecretOfADatabase() {
        var changes = settings(URI, TABLE, BASIC);
        changes.put("databaseNetwork", NETWORK);
        changes.put("sourceSecrets", "{\"shop\": \"s3cr3t\"}");
        var stack = RecordedStack.deploy(StackFiles.settings("dev", changes));
        var readers = new TreeSet<String>();
        stack.ofType("aws:iam/policy:Policy").stream()
                .filter(policy -> policy.statements().stream()
                        .anyMatch(
                                statement -> statement.toString().contains("secret:data-preparation-dev/shop-??????")))
                .forEach(policy -> readers.add(policy.name()));
        assertEquals(List.of("dataTransformationRolePolicy"), List.copyOf(readers));
        var job = stack.named("aws:glue/job:Job", "dataTransformationJob").inputs();
        assertTrue(job.get("connections").toString().contains("databaseNetwork"), job.toString());
        assertFalse(stack.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .inputs()
                .toString()
                .contains("s3cr3t"));
    }

    private static Source onlySource(Map<String, String> changes) {
        return StackFiles.onlyDataset(StackFiles.settings("dev", changes))
                .sources()
                .get(0);
    }

    private static Map<String, String> settings(String uri, String database, String auth) {
        var changes = new HashMap<String, String>();
        changes.put("recipe", "src/test/resources/watermark-of-database.json");
        changes.put(
                "sources",
                "[{\"name\": \"orders\", \"uri\": \"%s\", \"since\": \"updated\", \"auth\": %s, \"database\": %s}]"
                        .formatted(
                                uri, auth.replace('\'', '"'), database.strip().replace('\'', '"')));
        return changes;
    }

    private static void assertProblem(Map<String, String> changes, String expected) {
        var message = assertThrows(RunException.class, () -> StackFiles.settings("dev", changes))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
