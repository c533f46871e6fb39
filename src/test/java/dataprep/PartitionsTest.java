package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.settings.StackFiles;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack in China or GovCloud has no names of other AWS partitions. */
class PartitionsTest {
    private static final Pattern ARN = Pattern.compile("\\barn:(aws[a-z-]*):");
    private static final Pattern CONSOLE = Pattern.compile("https://[^/ ]*(console\\.[a-z.-]+)/");
    /** The regional principals of China; all other principals are global. */
    private static final Pattern REGIONAL_PRINCIPAL =
            Pattern.compile("\\blogs\\.[a-z0-9-]+\\.(amazonaws\\.com(\\.cn)?)\"");

    @ParameterizedTest
    @CsvSource({
        "aws,        eu-central-1,  console.aws.amazon.com,       amazonaws.com",
        "aws-cn,     cn-north-1,    console.amazonaws.cn,         amazonaws.com.cn",
        "aws-us-gov, us-gov-west-1, console.amazonaws-us-gov.com, amazonaws.com"
    })
    void everyArnConsoleLinkAndPrincipalIsOfThePartition(
            String partition, String region, String console, String domain) {
        var stack = RecordedStack.deploy(StackFiles.settings("dev", StackFiles.EVERYTHING_ON), partition, region);
        var text = stack.resources().toString();
        assertEquals(Set.of(partition), found(ARN, text));
        assertEquals(Set.of(console), found(CONSOLE, text));
        assertEquals(Set.of(domain), found(REGIONAL_PRINCIPAL, text));
        assertTrue(text.contains("https://%s.%s/states/home?region=%s#".formatted(region, console, region)), console);
        assertTrue(text.contains("https://<region>.%s/states/home".formatted(console)), console);
    }

    private static Set<String> found(Pattern pattern, String text) {
        var found = new HashSet<String>();
        var match = pattern.matcher(text);
        while (match.find()) {
            found.add(match.group(1));
        }
        return found;
    }
}
