package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.workflow.LakePaths;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The name and the input of an execution are untrusted: whoever may start one chooses them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
    private LocalPipeline pipeline;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.shared();
        pipeline.run();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"force\": true, \"destination\": \"s3://elsewhere/\", \"run_id\": \"../other\", \"bucket\": \"elsewhere\"}",
                "{\"force\": true, \"source\": {\"uri\": \"s3://elsewhere/secrets\"}}",
                "{\"force\": true, \"quality\": {\"verdict\": \"passed\"}, \"published\": {}}",
                "{\"force\": true, \"__proto__\": {\"x\": 1}, \"'); $eval('1\": \"{% $states.context %}\"}",
            })
    void nothingOfTheInputButItsKnownFieldsHasAnEffect(String input) throws Exception {
        var before = pipeline.data.keys();
        var runId = UUID.randomUUID().toString();
        assertEquals(
                ExecutionStatus.SUCCEEDED,
                pipeline.end(pipeline.start(runId, input)).status());
        assertEquals(runId, pipeline.data.publishedRun());
        assertEquals(Set.of(), outside(runId, before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rollback_to\": \"../../samples\"}",
                "{\"rollback_to\": \"x' or true or 'x\"}",
                "{\"rollback_to\": {\"$eval\": \"1\"}}",
                "{\"rollback_to\": [\"a\", \"b\"]}",
                "{\"rollback_to\": \"\"}",
            })
    void aRollbackAcceptsOnlyARetainedRun(String input) throws Exception {
        var before = pipeline.data.keys();
        var published = pipeline.data.publishedRun();
        var end = pipeline.end(pipeline.start(UUID.randomUUID().toString(), input));
        assertEquals(ExecutionStatus.FAILED, end.status(), input);
        assertTrue(end.cause().contains("RunNotKept"), end.cause());
        assertEquals(published, pipeline.data.publishedRun());
        assertEquals(before, pipeline.data.keys());
    }

    /**
     * Step Functions allows dots in names. S3 keys with dots are not paths, but file readers may interpret them as
     * such.
     */
    @ParameterizedTest
    @ValueSource(strings = {"..", "a..b", "latest.json"})
    void aNameThatCouldBeAPathIsRejectedBeforeAnyWrite(String name) throws Exception {
        var before = pipeline.data.keys();
        var end = pipeline.end(pipeline.start(name));
        assertEquals(ExecutionStatus.FAILED, end.status());
        assertTrue(end.cause().startsWith("InvalidInput"), end.cause());
        assertEquals(before, pipeline.data.keys());
    }

    @Test
    void noLogHoldsASecret() throws Exception {
        try (var logs = Files.walk(pipeline.logs())) {
            for (var log : logs.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(log, StandardCharsets.ISO_8859_1);
                for (var secret : pipeline.secrets()) {
                    assertFalse(text.contains(secret), log.toString());
                }
                assertFalse(
                        text.contains("AWS_SECRET_ACCESS_KEY") || text.contains("AWS_SESSION_TOKEN"), log.toString());
            }
        }
    }

    /** The objects that a run wrote outside its own folders and the published objects. */
    private Set<String> outside(String runId, Set<String> before) {
        var others = new TreeSet<>(pipeline.data.keys());
        others.removeAll(before);
        others.removeIf(key -> key.contains("/run_id=" + runId + "/"));
        others.removeAll(Set.of(LakePaths.MANIFEST, LakePaths.OUTPUT_CSV));
        return others;
    }
}
