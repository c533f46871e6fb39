package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to a browser's DevTools: commands with their responses, and events. */
final class DevTools implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 30;

    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();

    DevTools(URI address) throws Exception {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** @param session empty for the browser itself */
    JsonNode send(String session, String method, Map<String, Object> parameters) throws Exception {
        var message =
                JSON.createObjectNode().put("id", lastId.incrementAndGet()).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonNode>();
        asked.put(message.path("id").asInt(), answer);
        // the response may arrive before the send is complete, and concurrent sends are rejected
        socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for the first event of that name, which may already have arrived. */
    void await(String event) throws Exception {
        first(event).get(SECONDS, TimeUnit.SECONDS);
    }

    List<JsonNode> events() {
        return events;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private CompletableFuture<JsonNode> first(String event) {
        return awaited.computeIfAbsent(event, name -> new CompletableFuture<>());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void take(String message) {
            try {
                var json = JSON.readTree(message);
                if (json.has("id")) {
                    var answer = asked.remove(json.path("id").asInt());
                    if (json.has("error")) {
                        answer.completeExceptionally(
                                new IOException(json.path("error").toString()));
                    } else {
                        answer.complete(json.path("result"));
                    }
                } else {
                    events.add(json);
                    first(json.path("method").asText()).complete(json);
                }
            } catch (IOException e) {
                throw new IllegalStateException(message, e);
            }
        }
    }
}
