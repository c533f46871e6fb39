package dataprep.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private final Path passed;
    private final boolean due;

    private Check(Path passed) {
        this.passed = passed;
        this.due = passed == null || !Files.exists(passed);
    }

    /** A check of all these contents together, by a name of its own. */
    public static Check of(String name, String... contents) {
        var folder = System.getProperty(FOLDER);
        return new Check(folder == null ? null : Path.of(folder, name + "-" + hash(contents)));
    }

    /** Whether it has to be made. */
    public boolean isDue() {
        return due;
    }

    /** To be called when nothing was found. */
    public void passed() {
        if (passed == null || !due) {
            return;
        }
        try {
            Files.createDirectories(passed.getParent());
            Files.createFile(passed);
        } catch (IOException e) {
            // another preview was faster, or nothing can be kept here, which costs the next one some time
        }
    }

    /** Of the contents' own hashes, which are all of one length: no two lists of texts are alike. */
    private static String hash(String... contents) {
        try {
            var each = MessageDigest.getInstance("SHA-256");
            var all = MessageDigest.getInstance("SHA-256");
            for (var content : contents) {
                all.update(each.digest(content.getBytes(StandardCharsets.UTF_8)));
            }
            return HexFormat.of().formatHex(all.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
