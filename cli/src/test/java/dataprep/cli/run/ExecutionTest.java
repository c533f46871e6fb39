package dataprep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.exit.ExitCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Requests to Step Functions, with responses in AWS's form. */
class ExecutionTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    private static final String DESCRIBED = """
            {"executionArn": "%s:r", "stateMachineArn": "%s", "name": "r", "startDate": 1, "status": "%s"%s}""";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private HttpServer server;
    private SfnClient client;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var call = exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
            calls.add(call);
            var answer = answers.get(call).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.get(call).contains("__type") ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        client = SfnClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .region(Region.US_EAST_1)
                .build();
    }

    @AfterEach
    void stopServer() {
        client.close();
        server.stop(0);
    }

    @Test
    void anAbortedRunResumesFromItsState() {
        described("ABORTED", ", \"redriveStatus\": \"REDRIVABLE\"");
        history("TaskStateEntered");
        answers.put("RedriveExecution", "{\"redriveDate\": 2}");
        assertTrue(execution().canBeRedriven());
        execution().redrive();
        assertEquals("RedriveExecution", calls.get(calls.size() - 1));
    }

    @Test
    void aRunThatEndedInAFailStateCannotBeRedriven() {
        described("FAILED", ", \"redriveStatus\": \"REDRIVABLE\"");
        history("FailStateEntered");
        assertFalse(execution().canBeRedriven());
    }

    @Test
    void theHistoryOfANotRedrivableRunIsNotRequested() {
        described("ABORTED", ", \"redriveStatus\": \"NOT_REDRIVABLE\"");
        assertFalse(execution().canBeRedriven());
        assertEquals(List.of("DescribeExecution"), calls);
    }

    @Test
    void aRunThatDoesNotExistIsReported() {
        answers.put("DescribeExecution", "{\"__type\": \"ExecutionDoesNotExist\", \"message\": \"no\"}");
        var failure = assertThrows(CommandFailure.class, () -> execution().describe());
        assertEquals(ExitCodes.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains("no run is named 'r'"), failure.getMessage());
    }

    private Execution execution() {
        return Execution.named(client, MACHINE, "r");
    }

    private void described(String status, String more) {
        answers.put("DescribeExecution", DESCRIBED.formatted(MACHINE, MACHINE, status, more));
    }

    private void history(String type) {
        answers.put(
                "GetExecutionHistory",
                "{\"events\": [{\"id\": 1, \"previousEventId\": 0, \"timestamp\": 1, \"type\": \"%s\"}]}"
                        .formatted(type));
    }
}
