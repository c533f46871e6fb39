package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFilesTest {
    @Test
    void temporaryFilesBesideTheCodeAreNotDeployed(@TempDir Path folder) throws Exception {
        for (var name :
                List.of("b.py", "a.py", "sub/c.py", "words.txt", "__pycache__/a.pyc", ".a.py.swp", "a.py~", "x.zip")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "");
        }
        var deployed = CodeFiles.in(folder).stream()
                .map(file -> folder.relativize(file).toString())
                .toList();
        assertEquals(List.of("a.py", "b.py", "sub/c.py", "words.txt"), deployed);
    }
}
