package dataprep.pulumi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pulumi.Log;
import com.pulumi.deployment.internal.EngineLogger;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class DebugMessagesTest {
    private final List<String> sent = new ArrayList<>();

    @Test
    void onlyDebugMessagesAreNotSent() {
        var log = new Log(new Recorded());
        log.debug("before");
        DebugMessages.dropFrom(log);
        log.debug("a resource");
        log.info("a note");
        log.warn("a warning");
        log.error("an error");
        assertEquals(List.of("before", "a note", "a warning", "an error"), sent);
        assertEquals(7, log.getErrorCount());
    }

    /** An engine that has counted seven errors. */
    private final class Recorded implements EngineLogger {
        @Override
        public CompletableFuture<Void> logAsync(
                Level level, String message, Resource resource, Integer streamId, Boolean ephemeral) {
            sent.add(message);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean hasLoggedErrors() {
            return true;
        }

        @Override
        public int getErrorCount() {
            return 7;
        }
    }
}
