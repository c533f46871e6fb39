package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GeneratedDocsTest {
    /** Compares the generated parts; with -Ddocs.update=true it updates all of them. */
    @Test
    void theGeneratedPartsOfTheDocumentsAreUpToDate() throws Exception {
        if (Boolean.getBoolean("docs.update")) {
            GeneratedDocs.write();
        }
        var parts = new TreeSet<>(GeneratedDocs.names());
        parts.removeAll(GeneratedDocs.DEPLOYED);
        for (var document : GeneratedDocs.documents()) {
            var text = Files.readString(document);
            assertEquals(GeneratedDocs.current(text, parts), text, document + ": run `make docs`");
        }
    }

    @Test
    void everyPartIsShownSomewhereAndNoDocumentAsksForAnother() throws Exception {
        Set<String> asked = new TreeSet<>();
        for (var document : GeneratedDocs.documents()) {
            asked.addAll(GeneratedDocs.asked(Files.readString(document)));
        }
        assertEquals(new TreeSet<>(GeneratedDocs.names()), asked);
    }
}
