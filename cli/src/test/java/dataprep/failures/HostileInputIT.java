package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.lake.LakePaths;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        noLogHolds(pipeline.secrets());
        noLogHolds(List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"));
    }

    /** A query often holds a key. */
    @Test
    void theQueryOfASourcesAddressIsInNoHistoryLogMessageOrObject() throws Exception {
        var secret = "key-of-the-source";
        isNowhere(
                secret,
                Map.of(
                        "sources",
                        "[{\"name\": \"airlines\", \"uri\": \"https://localhost:1/airlines.csv?key=%s\"}]"
                                .formatted(secret)));
    }

    /** The function reads the secret before it connects; without its permission the error would be another one. */
    @Test
    void theCredentialsOfASourceAreInNoHistoryLogMessageOrObject() throws Exception {
        var secret = "credentials-of-the-source";
        isNowhere(
                secret,
                Map.of(
                        "sources",
                        "[{\"name\": \"airlines\", \"uri\": \"https://localhost:1/airlines.csv\","
                                + " \"auth\": {\"type\": \"bearer\", \"secret\": \"api\"}}]",
                        "sourceSecrets",
                        "{\"api\": \"%s\"}".formatted(secret)));
    }

    /** The run fails, so that each text about a failure is among those that are searched. */
    private void isNowhere(String secret, Map<String, String> settings) throws Exception {
        var changes = new HashMap<>(settings);
        changes.put("allowedSourceHosts", "[\"localhost\"]");
        pipeline.deploy(LocalPipeline.settings(changes));
        try {
            pipeline.messages();
            var arn = pipeline.start();
            assertEquals(ExecutionStatus.FAILED, pipeline.end(arn).status());
            var messages = pipeline.messages(1);
            assertTrue(messages.toString().contains("SourceUnavailable"), messages.toString());
            assertTrue(messages.toString().contains("https://localhost/airlines.csv"), messages.toString());
            assertFalse(messages.toString().contains(secret), messages.toString());
            assertFalse(pipeline.history(arn).toString().contains(secret));
            assertFalse(pipeline.aws
                    .stepFunctions
                    .describeStateMachine(request -> request.stateMachineArn(pipeline.output("state_machine_arn")))
                    .definition()
                    .contains(secret));
            assertEquals(List.of(), SecretSearch.objects(pipeline.aws.s3, pipeline.output("data_bucket"), secret));
            noLogHolds(List.of(secret));
        } finally {
            pipeline.deploy(LocalPipeline.settings(Map.of()));
        }
    }

    private void noLogHolds(List<String> secrets) throws IOException {
        for (var secret : secrets) {
            assertEquals(List.of(), SecretSearch.files(pipeline.logs(), secret));
        }
    }

    /** The objects that a run wrote outside its own folders and the published objects. */
    private Set<String> outside(String runId, Set<String> before) {
        var others = new TreeSet<>(pipeline.data.keys());
        others.removeAll(before);
        others.removeIf(key -> key.contains("/run_id=" + runId + "/"));
        others.removeAll(Set.of(LakePaths.ROOT.manifest(), LakePaths.ROOT.outputCsv()));
        return others;
    }
}
