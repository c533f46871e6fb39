package dataprep.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The functions of Spark SQL that no recipe may call, from the list that the job refuses them by. */
final class RefusedFunctions {
    private static final Path FILE = Path.of("glue-scripts", "dataprep", "refused_functions.txt");

    static final String TEXT = read();
    static final Set<String> NAMES = TEXT.lines()
            .filter(line -> !line.startsWith("#"))
            .flatMap(line -> Set.of(line.split(" ")).stream())
            .collect(Collectors.toUnmodifiableSet());

    private RefusedFunctions() {}

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }
}
