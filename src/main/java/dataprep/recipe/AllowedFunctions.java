package dataprep.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The Spark SQL functions that a recipe may call, from the list that the job also uses. */
final class AllowedFunctions {
    private static final Path FILE = Path.of("glue-scripts", "dataprep", "allowed_functions.txt");

    static final String TEXT = read();
    static final Set<String> NAMES = TEXT.lines()
            .filter(line -> !line.startsWith("#"))
            .flatMap(line -> Set.of(line.split(" ")).stream())
            .collect(Collectors.toUnmodifiableSet());

    private AllowedFunctions() {}

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }
}
