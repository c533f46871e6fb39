package dataprep.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The functions of Spark SQL that no recipe may call, from the list that the job refuses them by. */
final class RefusedFunctions {
    static final Set<String> NAMES = read(Path.of("glue-scripts", "dataprep", "refused_functions.txt"));

    private RefusedFunctions() {}

    private static Set<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Set.of(line.split(" ")).stream())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
