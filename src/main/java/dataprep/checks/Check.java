package dataprep.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A check that depends only on some contents, and is skipped for contents that have passed it.
 *
 * <p>Passed checks are stored by a hash of the contents in a folder of the build; another build repeats all checks.
 * Without such a folder, as in tests and on the command line, every check runs.
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

    /** Creates a check of all these contents together, under its own name. */
    public static Check of(String name, String... contents) {
        var folder = System.getProperty(FOLDER);
        return new Check(folder == null ? null : Path.of(folder, name + "-" + hash(contents)));
    }

    /** Whether the check has to run. */
    public boolean isDue() {
        return due;
    }

    /** Records that the contents have passed the check. */
    public void passed() {
        passed("");
    }

    /**
     * Records that the contents have passed the check.
     *
     * @param found by the check, for {@link #found()} of a check that is not due
     */
    public void passed(String found) {
        if (passed == null || !due) {
            return;
        }
        try {
            Files.createDirectories(passed.getParent());
            // no other preview reads a half-written file
            var written = Files.createTempFile(passed.getParent(), "written", "");
            Files.writeString(written, found);
            Files.move(written, passed, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // another preview was faster, or the folder is not writable; the next preview repeats the check
        }
    }

    /** The text that was recorded with the passed check; empty if there is none. */
    public String found() {
        try {
            return due ? "" : Files.readString(passed);
        } catch (IOException e) {
            return "";
        }
    }

    /** Hashes the contents' own hashes, which have one length, so that two lists of texts never collide. */
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
