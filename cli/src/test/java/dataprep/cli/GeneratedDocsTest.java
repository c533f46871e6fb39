package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GeneratedDocsTest {
    /** With -Ddocs.update=true it updates them, also those for which stacks are deployed. */
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
