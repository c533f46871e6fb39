package dataprep.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullRequestCommentTest {
    private static final String TEXT = ChangeComment.marker("prod") + "\n### What this changes\n";
    private static final String PULLS = "[{\"number\": 7, \"head\": {\"sha\": \"abc\"}}]";
    private static final String DONE = "{\"html_url\": \"https://example.org/7\"}";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private JsonNode sent;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/repos/o/r/", exchange -> {
            var call = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().toString().replace("/repos/o/r/", "");
            calls.add(call);
            var body = exchange.getRequestBody().readAllBytes();
            sent = body.length == 0 ? sent : new ObjectMapper().readTree(body);
            var answer =
                    answers.getOrDefault(call, "{\"message\": \"Not Found\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.containsKey(call) ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        answers.put("GET pulls?state=open&head=fork%3Afix", PULLS);
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void theFirstCommentIsMade() throws Exception {
        answers.put("GET issues/7/comments?per_page=100&page=1", "[]");
        answers.put("POST issues/7/comments", DONE);
        assertEquals(Optional.of("https://example.org/7"), leave(TEXT, "abc"));
        assertEquals(TEXT.strip(), sent.path("body").asText().strip());
    }

    @Test
    void theNextOneTakesItsPlace() throws Exception {
        answers.put(
                "GET issues/7/comments?per_page=100&page=1",
                comments("a person", TEXT, "github-actions[bot]", "other", "github-actions[bot]", TEXT));
        answers.put("PATCH issues/comments/2", DONE);
        leave(TEXT, "abc");
        assertEquals("PATCH issues/comments/2", calls.get(calls.size() - 1));
    }

    @Test
    void aCommitThatIsNoLongerTheHeadSaysNothing() throws Exception {
        assertEquals(Optional.empty(), leave(TEXT, "older"));
        assertEquals(1, calls.size());
    }

    @Test
    void whatTheForkWroteNotifiesNobodyAndLoadsNothing() {
        var harmless = PullRequestComment.harmless(
                "@everyone ![x](https://e.org/p.png) <img src=x> <!-- --> <details><summary>s</summary></details><br/>");
        assertFalse(harmless.contains("@e"), harmless);
        assertFalse(harmless.contains("!["), harmless);
        assertFalse(harmless.contains("<img"), harmless);
        assertFalse(harmless.contains("<!--"), harmless);
        assertTrue(harmless.contains("<details><summary>s</summary></details><br/>"), harmless);
        assertTrue(PullRequestComment.harmless("x".repeat(100_000)).length() < 65_536);
    }

    @Test
    void aTextThatIsNoneOfOursIsRefused() {
        for (var text : List.of("hello", "\n" + TEXT, "<!-- data-preparation: changes to a -- > b -->\n")) {
            assertThrows(IllegalArgumentException.class, () -> leave(text, "abc"));
        }
        assertEquals(List.of(), calls);
    }

    @Test
    void aRefusalIsToldWithItsReason() {
        var e = assertThrows(IOException.class, () -> leave(TEXT, "abc"));
        assertEquals("GitHub answers GET issues/7/comments?per_page=100&page=1 with 404: Not Found", e.getMessage());
    }

    private Optional<String> leave(String text, String commit) throws IOException, InterruptedException {
        var api = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new PullRequestComment(api, "o/r", "token").leave(text, "fork:fix", commit);
    }

    private static String comments(String... loginsAndBodies) {
        var comments = new ObjectMapper().createArrayNode();
        for (int i = 0; i < loginsAndBodies.length; i += 2) {
            comments.addObject()
                    .put("id", i / 2)
                    .put("body", loginsAndBodies[i + 1])
                    .putObject("user")
                    .put("login", loginsAndBodies[i]);
        }
        return comments.toString();
    }
}
