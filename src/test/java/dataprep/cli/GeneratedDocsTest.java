package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class GeneratedDocsTest {
    @Test
    void theReadmeSaysWhatTheCodeSays() throws IOException {
        var readme = Files.readString(GeneratedDocs.README);
        assertEquals(GeneratedDocs.current(readme), readme, "run `make docs`");
    }

    @Test
    void theFailureMatrixIsThatOfTheDefinition() throws IOException {
        var document = Files.readString(GeneratedDocs.FAILURES);
        assertEquals(GeneratedDocs.currentFailures(document), document, "run `make docs`");
    }
}
