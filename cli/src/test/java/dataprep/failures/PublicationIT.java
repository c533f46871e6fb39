package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Publication by concurrent runs, and failures of the publication. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_UPDATES =
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"glue:UpdateTable\", \"Resource\": \"*\"}]}";

    private LocalPipeline pipeline;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.shared();
    }

    /** Without a list of running executions, which may fail or be late, only the claim serializes the publications. */
    @Test
    void twoRunsThatPublishAtOnceDoSoOneAfterTheOther() throws Exception {
        pipeline.messages();
        pipeline.aws.faults(
                List.of(Map.of(
                        "service",
                        "states",
                        "operation",
                        "ListExecutions",
                        "error",
                        Map.of("code", "AccessDeniedException", "message", "not allowed", "status", 400))),
                Map.of());
        var runs = List.of(pipeline.start(), pipeline.start());
        var ends = List.of(pipeline.end(runs.get(0)), pipeline.end(runs.get(1)));
        for (var end : ends) {
            assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.error() + ": " + end.cause());
            assertTrue(JSON.readTree(end.output()).path("published").asBoolean(), end.output());
        }
        assertEquals(
                List.of(),
                ends.stream()
                        .filter(end ->
                                !pipeline.history(end.executionArn()).visited().contains("CommitManifest"))
                        .toList());
        assertTrue(Set.of(ends.get(0).name(), ends.get(1).name()).contains(pipeline.data.publishedRun()));
        pipeline.data.assertWhole(pipeline.data.publishedRun());
        assertEquals(List.of(), pipeline.messages());
    }

    @Test
    void aFailedPublicationWithAFailedRestorationIsRepairedByTheNextRun() throws Exception {
        var before = manifest();
        denyUpdatesOfTheTable(true);
        var failed = pipeline.run();
        denyUpdatesOfTheTable(false);
        assertEquals(ExecutionStatus.FAILED, failed.status());
        assertTrue(failed.cause().contains("(while restoring the previous publication"), failed.cause());
        assertTrue(pipeline.history(failed.executionArn()).visited().contains("RestoreData"), failed.cause());
        assertEquals(before.path("run_id"), manifest().path("run_id"));
        assertTrue(manifest().has("publishing"), "the claim of the run that failed");

        var next = pipeline.end(pipeline.start(UUID.randomUUID().toString(), "{}"));
        assertEquals(ExecutionStatus.SUCCEEDED, next.status(), next.cause());
        assertFalse(manifest().has("publishing"));
        assertNotEquals(before.path("run_id"), manifest().path("run_id"));
        pipeline.data.assertWhole(next.name());
    }

    private JsonNode manifest() throws Exception {
        return JSON.readTree(pipeline.data.manifest());
    }

    private void denyUpdatesOfTheTable(boolean deny) {
        var role = pipeline.aws.iam.listRoles().roles().stream()
                .map(Role::roleName)
                .filter(name -> name.startsWith("stepFunctionRole"))
                .findFirst()
                .orElseThrow();
        if (deny) {
            pipeline.aws.iam.putRolePolicy(
                    request -> request.roleName(role).policyName("no-updates").policyDocument(NO_UPDATES));
        } else {
            pipeline.aws.iam.deleteRolePolicy(request -> request.roleName(role).policyName("no-updates"));
        }
    }
}
