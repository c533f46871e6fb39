package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedCommandsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern MENTIONED = Pattern.compile("`make ([a-z0-9.-]+)[^`]*`");

    @Test
    void everyCommandIsRunByATestOrItsBlockSaysThatItNeedsAnAccount() throws Exception {
        var unproven = new TreeSet<>(DocumentedCommands.withoutAccount());
        assertTrue(unproven.size() > 10, unproven.toString());
        unproven.removeAll(DocumentedCommands.RUN);
        unproven.removeAll(DocumentedCommands.TESTS);
        unproven.removeAll(DocumentedCommands.PREVIEW);
        unproven.removeAll(DocumentedCommands.EXAMPLES);
        assertEquals(new TreeSet<>(), unproven);
    }

    @Test
    void everyTargetThatIsMentionedIsThere() throws Exception {
        var makefile = Files.readString(Path.of("Makefile"));
        for (var document : GeneratedDocs.documents()) {
            MENTIONED.matcher(Files.readString(document)).results().forEach(mentioned -> {
                var target = Pattern.compile("^%s:".formatted(mentioned.group(1)), Pattern.MULTILINE);
                assertTrue(target.matcher(makefile).find(), document + ": " + mentioned.group());
            });
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws Exception {
        for (var document : GeneratedDocs.documents()) {
            LINK.matcher(Files.readString(document)).results().forEach(link -> {
                var target = document.toAbsolutePath()
                        .getParent()
                        .resolve(link.group(1))
                        .normalize();
                assertTrue(Files.exists(target), document + ": " + link.group());
            });
        }
    }
}
