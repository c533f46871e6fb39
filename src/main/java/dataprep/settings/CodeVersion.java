package dataprep.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A short hash of the code and the recipe that produce the data set. */
final class CodeVersion {
    private static final List<Path> CODE =
            List.of(Path.of("glue-scripts", "transform.py"), Path.of("glue-scripts", "dataprep"));
    private static final int LENGTH = 12;

    private CodeVersion() {}

    static String of(Path recipe) {
        var digest = sha256();
        Stream.concat(Stream.of(recipe), CODE.stream().flatMap(path -> CodeFiles.in(path).stream()))
                .forEach(file -> {
                    digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(content(file));
                });
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
