package dataprep.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A check that depends on nothing but some contents, and need not be made again for contents that have passed it.
 *
 * <p>What has passed is kept by a hash of the contents in a folder of the build that checked it: another build checks
 * all anew. Without such a folder, as in tests and on the command line, each check is made.
 */
public final class Check {
    /** The system property that names the folder; mvnw sets it. */
    public static final String FOLDER = "dataprep.checks";

    private static final byte[] END = {0};

    private final Path passed;

    private Check(Path passed) {
        this.passed = passed;
    }

    /** A check of all these contents together, by a name of its own. */
    public static Check of(String name, String... contents) {
        var folder = System.getProperty(FOLDER);
        return new Check(folder == null ? null : Path.of(folder, name + "-" + hash(contents)));
    }

    /** Whether it has to be made. */
    public boolean isDue() {
        return passed == null || !Files.exists(passed);
    }

    /** To be called when nothing was found. */
    public void passed() {
        if (passed == null) {
            return;
        }
        try {
            Files.createDirectories(passed.getParent());
            Files.createFile(passed);
        } catch (FileAlreadyExistsException e) {
            // it was not due, or another preview was faster
        } catch (IOException e) {
            // a folder that cannot be written costs the next preview some time, and nothing else
        }
    }

    private static String hash(String... contents) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var content : contents) {
                digest.update(content.getBytes(StandardCharsets.UTF_8));
                // which no text in UTF-8 holds but as a character of its own: no two lists of texts are alike
                digest.update(END);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
