package dataprep.cli.report;

import com.samskivert.mustache.Mustache;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** One run as one self-contained HTML file: it needs no network, and without scripts only the charts are missing. */
public final class RunReport {
    private static final String STYLE = Resource.text("report.css");
    private static final String[] SCRIPTS = {
        Resource.webJar("d3"), Resource.webJar("d3-sankey"), Resource.text("charts.js"), Resource.text("report.js")
    };

    private RunReport() {}

    /** All data are escaped. */
    public static String html(ReportInput facts) {
        // the template's values are escaped by default; triple braces are for trusted text only
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withLoader(name -> new StringReader(Resource.text(name + ".mustache")))
                .compile(Resource.text("report.mustache"))
                .execute(Page.of(facts, policy(), STYLE, SCRIPTS));
    }

    /** The content security policy: allows the inline scripts and styles, and no requests. */
    private static String policy() {
        return "default-src 'none'; script-src %s; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
                .formatted(
                        Arrays.stream(SCRIPTS)
                                .map(script -> "'" + hash(script) + "'")
                                .collect(Collectors.joining(" ")),
                        hash(STYLE));
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
