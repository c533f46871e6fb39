package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven by the DevTools protocol.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
public final class Browser implements AutoCloseable {
    private static final Path OURS = Path.of(".cache", "chromium").toAbsolutePath();
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String LISTENING = "DevTools listening on ";
    private static final int SECONDS = 30;

    private final Process process;
    private final DevTools devTools;
    private final String session;

    /**
     * Opens the page and waits for it to be loaded.
     *
     * @param folder for a profile of its own: with the profile of a browser that is still ending, Chromium exits
     */
    public Browser(URI page, Path folder) throws Exception {
        process = start(Files.createTempDirectory(folder, "profile"));
        devTools = new DevTools(address());
        var target = devTools.send("", "Target.createTarget", Map.of("url", "about:blank"));
        var attached = devTools.send(
                "",
                "Target.attachToTarget",
                Map.of("targetId", target.path("targetId").asText(), "flatten", true));
        session = attached.path("sessionId").asText();
        for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
            send(domain + ".enable", Map.of());
        }
        send("Page.navigate", Map.of("url", page.toString()));
        devTools.await("Page.loadEventFired");
    }

    /** The value of a JavaScript expression. */
    public JsonNode evaluate(String expression) throws Exception {
        var answer =
                send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    public void type(String text) throws Exception {
        for (var character : text.split("")) {
            send("Input.dispatchKeyEvent", Map.of("type", "keyDown", "text", character, "key", character));
            send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", character));
        }
    }

    /** A non-printing key, such as Tab; Enter types a line end. */
    public void press(String key, int code) throws Exception {
        var text = key.equals("Enter") ? "\r" : "";
        send(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
    }

    public void look(int width, boolean dark) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        send("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /** A screenshot of the whole page. */
    public void screenshot(Path file) throws Exception {
        var png = send("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "format", "png"));
        Files.write(file, Base64.getDecoder().decode(png.path("data").asText()));
    }

    /** The console messages: errors and warnings of the page and the browser, including blocked requests. */
    public List<String> complaints() {
        return devTools.events().stream()
                .filter(event -> event.path("method").asText().equals("Runtime.exceptionThrown")
                        || List.of("error", "warning")
                                .contains(event.at("/params/entry/level").asText())
                        || List.of("error", "warning", "assert")
                                .contains(event.at("/params/type").asText()))
                .map(event -> event.path("params").toString())
                .toList();
    }

    /** The URLs that the page requested. */
    public List<String> requests() {
        return devTools.events().stream()
                .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asText())
                .toList();
    }

    @Override
    public void close() {
        devTools.close();
        process.destroy();
        process.onExit()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    private static Process start(Path profile) throws IOException {
        var builder = new ProcessBuilder(
                executable().toString(),
                "--headless",
                // the page is trusted, and the sandbox may not work in a container
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile.toAbsolutePath());
        if (executable().startsWith(OURS)) {
            builder.environment().put("LD_LIBRARY_PATH", OURS.resolve("lib").toString());
            builder.environment().put("XDG_DATA_HOME", OURS.toString());
        }
        return builder.start();
    }

    private static Path executable() {
        var own = Stream.ofNullable(System.getenv("CHROME")).map(Path::of);
        var onPath = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.of(own, Stream.of(OURS.resolve("chromium")), onPath)
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Chromium: run `make .cache/chromium.done`, or set CHROME to the browser's executable"));
    }

    private URI address() throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        var said = new ArrayList<String>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.startsWith(LISTENING)) {
                // reads on, because the browser would block on a full pipe
                CompletableFuture.runAsync(() -> output.lines().forEach(rest -> {}));
                return URI.create(line.substring(LISTENING.length()));
            }
        }
        throw new IOException("Chromium did not start: " + said);
    }

    private JsonNode send(String method, Map<String, Object> parameters) throws Exception {
        return devTools.send(session, method, parameters);
    }
}
