package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What parliament, which knows AWS's own list of actions, resources and conditions, says of the stack's policies. */
class PolicyLintIT {
    private static final Path LINTER = Path.of(".cache", "python", "bin", "parliament");

    @TempDir
    private Path folder;

    static Stream<Map<String, String>> stacks() {
        return Stream.of(Map.of(), Map.of("jobMetrics", "true"), Map.of("encryptWithKey", "true"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void findsNothingInAnyPolicyOfTheStack(Map<String, String> settings) throws Exception {
        var stack = RecordedStack.deploy(StackFiles.settings("prod", settings));
        var policies = stack.ofType("aws:iam/policy:Policy");
        assertEquals(3, policies.size());
        for (var policy : policies) {
            write(policy.name(), policy.json("policy").toString());
        }
        for (var policy : stack.ofType("aws:s3/bucketPolicy:BucketPolicy")) {
            write(policy.name(), policy.json("policy").toString());
        }
        assertEquals("", findings());
    }

    @Test
    void findsWhatIsWrong() throws Exception {
        write("wrong", """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["s3:GetObjekt"], "Resource": ["arn:aws:s3:::bucket/*"]},
                  {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::bucket/*"]}
                ]}""");
        var findings = findings();
        assertTrue(findings.contains("GetObjekt"), findings);
        assertTrue(findings.contains("RESOURCE_MISMATCH"), findings);
    }

    /** The linter stumbles over a list of one truth value, which IAM takes. */
    private void write(String name, String document) throws IOException {
        var readable = document.replaceAll("\\[\"(true|false)\"]", "\"$1\"");
        Files.writeString(folder.resolve(name + ".json"), readable);
    }

    private String findings() throws IOException, InterruptedException {
        var process = new ProcessBuilder(LINTER.toString(), "--directory", folder.toString(), "--json")
                .redirectErrorStream(true)
                .start();
        var findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return findings.strip();
    }
}
