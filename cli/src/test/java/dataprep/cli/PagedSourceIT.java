package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.failures.RolePolicy;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * The example with a paged API, which has five more readings with each listing: each test continues from the state that
 * the previous one left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagedSourceIT {
    private ExampleStack example;
    private StackOnLocalAws stack;
    private String first;

    @BeforeAll
    void deploy() throws Exception {
        example = new ExampleStack("api", Map.of());
        stack = example.stack();
    }

    @AfterAll
    void stop() {
        example.close();
    }

    @Test
    @Order(1)
    void theFirstRunReadsAllPages() throws Exception {
        first = example.publish("{}").path("run_id").asText();
        var source = stack.manifest().at("/sources/0");
        assertEquals(5, source.path("pages").asInt(), source.toString());
        assertEquals(240, source.path("records").asInt(), source.toString());
        assertEquals(236, example.rows().size(), "four readings are no numbers");
        assertEquals("2024-03-03T11:03:00Z", example.watermark());
    }

    @Test
    @Order(2)
    void theNextRunReadsOnlyWhatIsNew() throws Exception {
        example.publish("{}");
        var source = stack.manifest().at("/sources/0");
        assertEquals(6, source.path("records").asInt(), "five more, and the last one again");
        assertEquals(241, example.rows().size());
        assertEquals("2024-03-03T13:00:00Z", example.watermark());
    }

    @Test
    @Order(3)
    void aRollbackMovesTheWatermarkBackAndTheNextRunReadsAgainWhatItRemoved() throws Exception {
        example.publish("{\"rollback_to\": \"%s\"}".formatted(first));
        assertEquals("2024-03-03T11:03:00Z", example.watermark());
        assertEquals(236, example.rows().size());
        example.publish("{}");
        assertEquals(11, stack.manifest().at("/sources/0/records").asInt());
        assertEquals(246, example.rows().size());
    }

    /** A fifth of the function's time is for pages, and one request is to be retried after a second. */
    @Test
    @Order(4)
    void aLongExtractionContinuesInFurtherInvocations() throws Exception {
        example.deploy(Map.of("extractTimeoutSeconds", "5"));
        var execution = stack.start("{\"force\": true}");
        assertTrue(stack.output(execution).path("published").asBoolean());
        assertEquals(255, stack.manifest().at("/sources/0/records").asInt());
        assertEquals(251, example.rows().size());
        var invocations = execution.history().stream()
                .filter(event -> event.type() == HistoryEventType.TASK_STATE_ENTERED
                        && event.stateEnteredEventDetails().name().equals("ExtractSource"))
                .count();
        assertTrue(invocations > 1, () -> invocations + " invocations");
        example.deploy(Map.of());
    }

    @Test
    @Order(5)
    void theFunctionNeedsItsPermissionToReadTheSecret() throws Exception {
        var before = stack.manifest();
        try (var iam = stack.endpoint().client(IamClient.builder())) {
            var role = RolePolicy.granting(iam, "dataExtractionRole", "secretsmanager:GetSecretValue");
            var end = role.without(
                    permission -> permission.action().equals("secretsmanager:GetSecretValue"),
                    () -> stack.end(stack.start("{\"force\": true}")));
            assertEquals("ExtractDataFailed", end.error());
            assertTrue(end.cause().startsWith("SecretUnavailable: "), end.cause());
            assertTrue(end.cause().contains("data-preparation-local/weather"), end.cause());
        }
        assertEquals(before, stack.manifest());
    }

    @Test
    @Order(6)
    void aRefusedKeyFailsTheRunAndIsNowhere() throws Exception {
        var wrong = "a-key-that-is-wrong";
        var end = example.endWithSecret("{\"weather\": \"%s\"}".formatted(wrong), wrong, example.server("key"));
        assertTrue(end.cause().startsWith("SourceForbidden: "), end.cause());
        assertTrue(end.cause().contains("data-preparation-local/weather"), end.cause());
    }
}
