package dataprep.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of the sample data, which are in the stack's own bucket under {@code samples/}.
 *
 * @param files the files by their keys in the data bucket
 */
record SampleData(SortedMap<String, Path> files) {
    private static final String PREFIX = "samples/";

    static SampleData of(Path folder) {
        try (var paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            var files = new TreeMap<String, Path>();
            paths.filter(Files::isRegularFile).forEach(file -> files.put(key(folder.relativize(file)), file));
            return new SampleData(Collections.unmodifiableSortedMap(files));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the sample data in " + folder, e);
        }
    }

    private static String key(Path file) {
        return PREFIX + file.toString().replace('\\', '/');
    }

    SortedSet<String> keys() {
        return new TreeSet<>(files.keySet());
    }

    /** Whether the source refers to sample data that do not exist. */
    boolean lacks(Source source) {
        return inDataBucket(source)
                && source.s3Key().filter(key -> key.startsWith(PREFIX)).isPresent()
                && files.keySet().stream().noneMatch(key -> isOf(source, key));
    }

    /** The files that a source reads; the others are not uploaded. */
    SortedMap<String, Path> wantedBy(Collection<Source> sources) {
        var required = new TreeMap<>(files);
        required.keySet().removeIf(key -> sources.stream().noneMatch(source -> isOf(source, key)));
        return required;
    }

    private static boolean isOf(Source source, String key) {
        return inDataBucket(source)
                && source.s3Key()
                        .filter(asked -> source.isPrefix() ? key.startsWith(asked) : key.equals(asked))
                        .isPresent();
    }

    private static boolean inDataBucket(Source source) {
        return source.s3Bucket().filter(Source.DATA_BUCKET::equals).isPresent();
    }
}
