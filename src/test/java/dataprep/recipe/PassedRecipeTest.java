package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.checks.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A recipe that has passed all checks of a build. Isolated, because the cache's folder is a property of the process.
 */
@Isolated
class PassedRecipeTest {
    private static final Path SHIPPED = Path.of("glue-scripts", "recipes", "flights.json");

    @TempDir
    private Path folder;

    private Path file;
    private Recipe passed;

    @BeforeEach
    void passOnce() throws Exception {
        System.setProperty(Check.FOLDER, folder.resolve("checks").toString());
        file = Files.copy(SHIPPED, folder.resolve("recipe.json"));
        passed = Recipe.read(file);
    }

    @AfterEach
    void keepNone() {
        System.clearProperty(Check.FOLDER);
    }

    @Test
    void itIsReadAsBefore() throws Exception {
        var again = Recipe.read(file);
        assertEquals(passed.columns(), again.columns());
        assertEquals(passed.sourceNames(), again.sourceNames());
    }

    @Test
    void itsLineageNeedsNoParserAgain() throws Exception {
        try (var stored = Files.list(folder.resolve("checks"))) {
            var check = stored.findFirst().orElseThrow();
            Files.writeString(check, Files.readString(check).replace("month(", "month_in_no_grammar(("));
            assertEquals(passed.lineage(), Recipe.read(file).lineage());
            Files.writeString(check, "");
            assertEquals(passed.lineage(), Recipe.read(file).lineage(), "parsed again");
        }
    }

    @Test
    void itIsRefusedOnceItIsWrong() throws Exception {
        var shipped = Files.readString(file);
        refuses(shipped.replace("\"expression\": \"", "\"expression\": \"no_such_column + "), "no_such_column");
        refuses(shipped.replaceFirst("\"type\": \"integer\"", "\"type\": \"whole\""), "whole");
        Files.writeString(file, shipped);
        assertEquals(passed.columns(), Recipe.read(file).columns());
    }

    private void refuses(String text, String named) throws Exception {
        Files.writeString(file, text);
        // a failed check is not cached as passed
        for (int look = 0; look < 2; look++) {
            var refusal = assertThrows(RecipeException.class, () -> Recipe.read(file));
            assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
        }
    }
}
