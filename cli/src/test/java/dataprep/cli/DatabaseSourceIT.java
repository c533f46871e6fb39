package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.failures.RolePolicy;
import dataprep.failures.RolePolicy.Permission;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.iam.IamClient;

/** The example with a PostgreSQL database: each test continues from the state that the previous one left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseSourceIT {
    private static final String NETWORK =
            "{\"subnet\": \"subnet-1\", \"securityGroups\": [\"sg-1\"], \"availabilityZone\": \"us-east-1a\"}";
    /** The job deletes what a failed write left, and aborts its uploads; a run that succeeds does neither. */
    private static final Set<String> NOT_MISSED = Set.of("s3:DeleteObject", "s3:AbortMultipartUpload");

    private ExampleStack example;
    private StackOnLocalAws stack;

    @BeforeAll
    void deploy() throws Exception {
        example = new ExampleStack("database", Map.of("databaseNetwork", NETWORK));
        stack = example.stack();
    }

    @AfterAll
    void stop() {
        example.close();
    }

    @Test
    @Order(1)
    void theFirstRunReadsAllRows() throws Exception {
        example.publish("{}");
        assertEquals(3, example.rows().size(), example.rows().toString());
        assertEquals("2024-03-04T06:05:00Z", example.watermark());
    }

    /** The row with the watermark comes again. */
    @Test
    @Order(2)
    void theNextRunReadsOnlyWhatIsNew() throws Exception {
        example.publish("{}");
        var report = stack.report();
        assertEquals(1, report.at("/sources/customers/rows_in").asInt(), report.toString());
        assertEquals(3, example.rows().size());
    }

    @Test
    @Order(3)
    void theJobNeedsEachOfItsPermissionsForDatabases() throws Exception {
        var before = stack.manifest();
        try (var iam = stack.endpoint().client(IamClient.builder())) {
            var role = RolePolicy.of(iam, "dataTransformationRole");
            var permissions = role.permissions().stream()
                    .filter(DatabaseSourceIT::isForDatabases)
                    .filter(permission -> !NOT_MISSED.contains(permission.action()))
                    .collect(Collectors.toSet());
            assertEquals(
                    Set.of("s3:PutObject", "secretsmanager:GetSecretValue", "glue:GetConnection"),
                    permissions.stream().map(Permission::action).collect(Collectors.toSet()));
            for (var permission : permissions) {
                var end = role.without(permission::equals, () -> stack.end(stack.start("{\"force\": true}")));
                assertEquals("TransformDataFailed", end.error(), permission.toString());
            }
        }
        assertEquals(before, stack.manifest());
    }

    @Test
    @Order(4)
    void aRefusedPasswordFailsTheRunAndIsNowhere() throws Exception {
        var wrong = "a-password-that-is-wrong";
        var secret = "{\"shop\": \"{\\\"username\\\": \\\"%s\\\", \\\"password\\\": \\\"%s\\\"}\"}"
                .formatted(example.server("username"), wrong);
        var end = example.endWithSecret(secret, wrong, example.server("password"));
        assertEquals("TransformDataFailed", end.error());
        assertTrue(end.cause().contains("source customers"), end.cause());
    }

    private static boolean isForDatabases(Permission permission) {
        var onRaw = permission.resources().stream().anyMatch(arn -> arn.contains("/raw/"));
        return onRaw && !permission.action().equals("s3:GetObject")
                || permission.action().matches("(secretsmanager|glue):.*");
    }
}
