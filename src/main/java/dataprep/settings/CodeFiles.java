package dataprep.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The deployed files of Python code, without byte-code caches. */
public final class CodeFiles {
    private static final Pattern DEPLOYED = Pattern.compile(".*\\.(py|txt)");

    private CodeFiles() {}

    /**
     * @return the file itself, or a folder's files at any depth, sorted
     */
    public static List<Path> in(Path path) {
        try (var files = Files.walk(path)) {
            return files.filter(file -> DEPLOYED.matcher(file.toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + path, e);
        }
    }
}
