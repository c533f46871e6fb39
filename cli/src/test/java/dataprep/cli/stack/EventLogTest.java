package dataprep.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.pulumi.automation.CommandResult;
import com.pulumi.automation.CommandRunOptions;
import com.pulumi.automation.PulumiCommand;
import com.pulumi.automation.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir
    private Path folder;

    /** Appends, like the CLI. */
    private record Engine() implements PulumiCommand {
        @Override
        public Version version() {
            return null;
        }

        @Override
        public CommandResult run(List<String> arguments, CommandRunOptions options) {
            assertNull(options.onEngineEvent(), "the Automation API would read a partial log");
            var place = arguments.indexOf("--event-log");
            if (place >= 0) {
                try {
                    Files.writeString(
                            Path.of(arguments.get(place + 1)),
                            "{\"op\": \"%s\", \"sequence\": 7}\n".formatted(arguments.get(0)),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return null;
        }
    }

    @Test
    void eachOperationHasALogOfItsOwnAndOtherCommandsHaveNone() throws Exception {
        var file = folder.resolve("events.json");
        var log = new EventLog(new Engine(), file);
        assertEquals(List.of(), EventLog.read(file));
        for (var operation : List.of("up", "up")) {
            log.run(List.of(operation, "--yes"), CommandRunOptions.Empty);
            assertEquals("[{\"op\":\"up\",\"sequence\":7}]", EventLog.read(file).toString());
        }
        log.run(List.of("stack", "output"), CommandRunOptions.Empty);
        assertEquals(1, EventLog.read(file).size());
    }

    @Test
    void listenersGetTheEventsOfThePreviewOnceItsLogIsComplete() throws Exception {
        var heard = new ArrayList<Integer>();
        var options = CommandRunOptions.builder()
                .onEngineEvent(event -> heard.add(event.sequence()))
                .build();
        new EventLog(new Engine(), folder.resolve("events.json")).run(List.of("preview"), options);
        assertEquals(List.of(7), heard);
    }
}
