package dataprep.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Isolated, because the folder is a system property of the process. */
@Isolated
class CheckTest {
    @TempDir
    private Path build;

    @BeforeEach
    void keepChecks() {
        System.setProperty(Check.FOLDER, build.resolve("checks").toString());
    }

    @AfterEach
    void keepNone() {
        System.clearProperty(Check.FOLDER);
    }

    @Test
    void aPassedCheckIsNotDueAgain() {
        assertTrue(Check.of("recipe", "a", "b").isDue());
        Check.of("recipe", "a", "b").passed();
        assertFalse(Check.of("recipe", "a", "b").isDue());
        Check.of("recipe", "a", "b").passed();
    }

    @Test
    void aFailedCheckStaysDue() {
        assertTrue(Check.of("recipe", "a").isDue());
        assertTrue(Check.of("recipe", "a").isDue());
    }

    @Test
    void anyOtherContentIsDue() {
        Check.of("recipe", "a", "b").passed();
        assertTrue(Check.of("recipe", "a", "c").isDue());
        assertTrue(Check.of("recipe", "ab", "").isDue());
        assertTrue(Check.of("recipe", "a\0b").isDue());
        assertTrue(Check.of("recipe", "a").isDue());
        assertTrue(Check.of("workflow", "a", "b").isDue());
    }

    @Test
    void anotherBuildRepeatsTheChecks() {
        Check.of("recipe", "a").passed();
        System.setProperty(Check.FOLDER, build.resolve("another").toString());
        assertTrue(Check.of("recipe", "a").isDue());
    }

    @Test
    void withoutABuildAllIsDue() {
        System.clearProperty(Check.FOLDER);
        Check.of("recipe", "a").passed();
        assertTrue(Check.of("recipe", "a").isDue());
    }

    @Test
    void withoutAWritableFolderAllChecksAreDue() throws Exception {
        Files.writeString(build.resolve("checks"), "a file");
        Check.of("recipe", "a").passed();
        assertTrue(Check.of("recipe", "a").isDue());
    }
}
