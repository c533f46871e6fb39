package dataprep.settings;

import dataprep.workflow.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The files of the sample data that the sources ask for: those in the stack's own bucket under {@code samples/}. */
final class SampleData {
    private static final String PREFIX = "samples/";

    private SampleData() {}

    /** @return each file by its key in the data bucket; files that no source asks for are left out */
    static SortedMap<String, Path> of(Path folder, List<Source> sources) {
        try (var files = Files.walk(folder)) {
            var byKey = new TreeMap<String, Path>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> byKey.put(
                            PREFIX + folder.relativize(file).toString().replace('\\', '/'), file));
            byKey.keySet().removeIf(Predicate.not(key -> sources.stream().anyMatch(source -> asksFor(source, key))));
            return byKey;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the sample data in " + folder, e);
        }
    }

    private static boolean asksFor(Source source, String key) {
        return source.s3Bucket().filter(Source.DATA_BUCKET::equals).isPresent()
                && source.s3Key()
                        .filter(wanted -> source.isPrefix() ? key.startsWith(wanted) : key.equals(wanted))
                        .isPresent();
    }
}
