package dataprep.pulumi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import dataprep.RecordedStack;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final CompletableFuture<String> known = new CompletableFuture<>();

    @AfterEach
    void forgetTheMocks() {
        PulumiTest.cleanup();
    }

    @Test
    void itLastsUntilAllOutputsAreKnown() throws Exception {
        inProgram(pace -> {
            pace.until(List.of(Output.of("at once"), Output.of(known)));
            assertFalse(pace.isDone());
            known.complete("later");
            assertDoesNotThrow(pace::join);
            assertTrue(pace.isDone());
        });
    }

    @Test
    void itEndsWhenAnOutputFails() throws Exception {
        inProgram(pace -> {
            pace.until(List.of(Output.of(known)));
            known.completeExceptionally(new IllegalStateException("fails on purpose, for a test"));
            assertDoesNotThrow(pace::join);
        });
    }

    @Test
    void derivedFuturesAreSlowToo() throws Exception {
        inProgram(pace -> {
            assertInstanceOf(Pace.class, pace.thenApply(done -> done));
            var before = System.nanoTime();
            assertFalse(pace.isDone());
            assertTrue(System.nanoTime() - before >= Pace.LEAST);
            pace.until(List.of());
            assertTrue(pace.isDone());
        });
    }

    /** The SDK does not wait for a program with a failed output. */
    private static void inProgram(Consumer<Pace<Void>> test) throws Exception {
        var ended = new CompletableFuture<Void>();
        PulumiTest.withMocks(new RecordedStack())
                .withOptions(TestOptions.builder().preview(false).build())
                .runTest(ctx -> {
                    var pace = Pace.begin();
                    try {
                        test.accept(pace);
                        ended.complete(null);
                    } catch (AssertionError e) {
                        ended.completeExceptionally(e);
                    } finally {
                        pace.until(List.of());
                    }
                });
        ended.get(1, TimeUnit.MINUTES);
    }
}
