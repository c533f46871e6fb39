package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.PreviewOptions;
import com.pulumi.automation.UpOptions;
import dataprep.App;
import dataprep.cli.local.LocalAws;
import dataprep.cli.run.AwsClients;
import dataprep.cli.stack.PulumiStacks;
import dataprep.failures.SecretSearch;
import dataprep.lake.LakePaths;
import dataprep.settings.StackFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A stack whose recipe has sensitive columns, from the deployment to the catalog. */
class SensitiveColumnsIT {
    private static final Path STATE = Path.of("target", "sensitive-columns-it");
    private static final String KEY = "a key of more than 32 characters, for tests";
    private static final String VALUE = "PII0x5ec";

    @TempDir
    private Path samples;

    @Test
    void noValueAndNoKeyLeavesThePlaceWhereItIsNeeded() throws Exception {
        Files.writeString(
                samples.resolve("people.csv"),
                "id,name,mail,born\n1,%1$s,%1$s@example.org,1990-01-01\n2,%1$s,%1$s,%1$s\n3,%1$s\n".formatted(VALUE));
        var settings = StackFiles.settings(
                PulumiStacks.LOCAL,
                Map.of(
                        "recipe",
                        "cli/src/test/resources/sensitive-recipe.json",
                        "sampleData",
                        samples.toString(),
                        "sources",
                        "[{\"name\": \"people\", \"uri\": \"s3://{dataBucket}/samples/people.csv\"}]",
                        "hashKey",
                        KEY));
        try (var aws = LocalAws.start(STATE);
                var clients = AwsClients.local(aws.endpoint())) {
            var stack = PulumiStacks.local(STATE, aws.endpoint());
            var outputs = stack.up(UpOptions.builder()
                            .program(ctx -> App.deploy(ctx, settings))
                            .build())
                    .outputs();
            var preview = stack.preview(PreviewOptions.builder()
                    .program(ctx -> App.deploy(ctx, settings))
                    .build());
            assertEquals(Set.of(OperationType.SAME), preview.changeSummary().keySet());
            assertEquals(List.of(), SecretSearch.files(STATE.resolve("pulumi").resolve(".pulumi"), KEY));

            var machine = outputs.get("state_machine_arn").value().toString();
            var run = clients.stepFunctions()
                    .startExecution(request -> request.stateMachineArn(machine))
                    .executionArn();
            var ended = clients.stepFunctions().describeExecution(request -> request.executionArn(run));
            while (ended.status() == ExecutionStatus.RUNNING) {
                Thread.sleep(200);
                ended = clients.stepFunctions().describeExecution(request -> request.executionArn(run));
            }
            assertEquals(ExecutionStatus.SUCCEEDED, ended.status(), ended.cause());

            var bucket = outputs.get("data_bucket").value().toString();
            var keys = clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                    .map(S3Object::key)
                    .toList();
            for (var key : keys) {
                var text = clients.s3()
                        .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                        .asString(StandardCharsets.ISO_8859_1);
                var isCopy = key.endsWith("people.csv");
                assertEquals(isCopy, text.contains(VALUE), key);
                var tags = clients.s3()
                        .getObjectTagging(request -> request.bucket(bucket).key(key))
                        .tagSet();
                assertEquals(
                        key.startsWith(LakePaths.ROOT.raw()) && isCopy,
                        tags.toString().contains("sensitive"),
                        key);
                if (key.equals(LakePaths.ROOT.outputCsv())) {
                    assertEquals("id,name,mail\n1,***,%s\n".formatted(hmac(VALUE + "@example.org")), text);
                }
                if (key.equals(LakePaths.ROOT.manifest())) {
                    var manifest = new ObjectMapper().readTree(text);
                    assertEquals("The customers", manifest.path("description").asText());
                    assertEquals(
                            "[{\"Name\":\"id\",\"Type\":\"int\",\"Comment\":\"Number of the customer\"},"
                                    + "{\"Name\":\"name\",\"Type\":\"string\"},"
                                    + "{\"Name\":\"mail\",\"Type\":\"string\",\"Comment\":\"Address\"}]",
                            manifest.path("columns").toString());
                }
            }
            assertTrue(
                    keys.contains(LakePaths.ROOT.outputCsv()) && keys.contains(LakePaths.ROOT.manifest()),
                    keys.toString());
            assertEquals(
                    "The customers: Number of the customer, null, Address",
                    published(aws.endpoint(), settings.name().replace('-', '_')));
            assertEquals(List.of(), SecretSearch.files(STATE.resolve("log"), VALUE));
            assertEquals(List.of(), SecretSearch.files(STATE.resolve("log"), KEY));
            var history = clients
                    .stepFunctions()
                    .getExecutionHistoryPaginator(request -> request.executionArn(run))
                    .events()
                    .stream()
                    .toList()
                    .toString();
            assertFalse(history.contains(VALUE) || history.contains(KEY));
            stack.destroy();
        }
    }

    /** The descriptions of the catalog's table and of its columns. */
    private static String published(LocalAws.Endpoint endpoint, String database) {
        try (var glue = endpoint.client(GlueClient.builder())) {
            var table = glue.getTable(request -> request.databaseName(database).name("people"))
                    .table();
            return table.description() + ": "
                    + table.storageDescriptor().columns().stream()
                            .map(column -> String.valueOf(column.comment()))
                            .collect(Collectors.joining(", "));
        }
    }

    private static String hmac(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
