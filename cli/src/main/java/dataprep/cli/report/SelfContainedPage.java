package dataprep.cli.report;

import com.samskivert.mustache.Mustache;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * The style and the scripts of one HTML file that needs no network.
 *
 * @param policy the content security policy: allows these inline scripts and this style, and no requests
 */
public record SelfContainedPage(String policy, String style, String[] scripts) {

    public static SelfContainedPage of(String style, String... scripts) {
        var hashes =
                Arrays.stream(scripts).map(script -> "'" + hash(script) + "'").collect(Collectors.joining(" "));
        var policy =
                "default-src 'none'; script-src %s; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
                        .formatted(hashes, hash(style));
        return new SelfContainedPage(policy, style, scripts);
    }

    /**
     * Renders a template; its values are escaped by default, triple braces are for trusted text only.
     *
     * @param template a resource without its ending, such as {@code report/report}
     */
    public static String render(String template, Object values) {
        var folder = template.substring(0, template.lastIndexOf('/') + 1);
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withLoader(name -> new StringReader(Resource.text(folder + name + ".mustache")))
                .compile(Resource.text(template + ".mustache"))
                .execute(values);
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
