package dataprep.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The files of Python code that are deployed: a byte-code cache beside them changes no deployment. */
public final class CodeFiles {
    private static final Pattern DEPLOYED = Pattern.compile(".*\\.(py|txt)");

    private CodeFiles() {}

    /** @return a file itself, or a folder's files at any depth, in order */
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
