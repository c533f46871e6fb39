package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What parliament, which knows AWS's own list of actions, resources and conditions, says of the stack's policies. */
class PolicyLintIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LINTER = Path.of(".cache", "python", "bin", "parliament");

    /** Findings that are none, by their details, each with the reason. */
    private static final Map<String, String> NONE = Map.of(
            "[\"logs:CreateLogStream\",\"logs:PutLogEvents\"]",
            "Step Functions' own guide asks for them on every resource, with the actions that know none: cw-logs.html",
            "[{\"action\":\"states:DescribeExecution\",\"required_format\":\"arn:*:states:*:*:express:*:*:*\"}]",
            "an execution's ARN is enough, the linter wants that of an express workflow too");

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
        assertTrue(policies.size() >= 3, policies.toString());
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

    /**
     * Writes a policy with ARNs of the form that AWS gives what the mock engine has named; the linter stumbles over a
     * list of one truth value, which IAM takes.
     */
    private void write(String name, String document) throws IOException {
        var here = ":eu-central-1:%s:".formatted(RecordedStack.ACCOUNT);
        Files.writeString(
                folder.resolve(name + ".json"),
                document.replace("arn:aws:cloudwatch" + here, "arn:aws:logs" + here + "log-group:")
                        .replace("arn:aws:lambda" + here, "arn:aws:lambda" + here + "function:")
                        .replace("arn:aws:kms" + here, "arn:aws:kms" + here + "key/")
                        .replaceAll("\\[\"(true|false)\"]", "\"$1\""));
    }

    private String findings() throws IOException, InterruptedException {
        var process = new ProcessBuilder(LINTER.toString(), "--directory", folder.toString(), "--json")
                .redirectErrorStream(true)
                .start();
        var findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return findings.lines().filter(PolicyLintIT::isFinding).collect(Collectors.joining("\n"));
    }

    private static boolean isFinding(String line) {
        try {
            return !NONE.containsKey(JSON.readTree(line).path("detail").toString());
        } catch (IOException e) {
            return true;
        }
    }
}
