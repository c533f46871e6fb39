package dataprep.failures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Searches files and objects of any format for a text that must not be in them. */
public final class SecretSearch {
    private SecretSearch() {}

    /** The files below a folder that contain the text. */
    public static List<String> files(Path folder, String text) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .map(Path::toString)
                    .toList();
        }
    }

    /** The keys of a bucket's objects that contain the text. */
    public static List<String> objects(S3Client s3, String bucket, String text) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .filter(key -> s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key))
                        .asString(StandardCharsets.ISO_8859_1)
                        .contains(text))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
