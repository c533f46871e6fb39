package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** GitHub's workflows only call make, with least-privilege permissions. */
class WorkflowFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path FOLDER = Path.of(".github", "workflows");
    private static final Pattern USES = Pattern.compile("uses: (.*)");
    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
    /** The permissions of jobs, by workflow and job; all others may only read the repository. */
    private static final Map<String, Map<String, String>> WRITERS = Map.of(
            "preview-aws.yml aws", Map.of("id-token", "write"),
            "deploy.yml dev", Map.of("id-token", "write"),
            "deploy.yml prod", Map.of("id-token", "write"),
            "comment.yml comment", Map.of("actions", "read", "pull-requests", "write"));

    @Test
    void everyActionIsPinnedByItsCommitWithItsVersionBesides() throws IOException {
        for (var file : files()) {
            for (var line : Files.readAllLines(file)) {
                var uses = USES.matcher(line);
                if (uses.find() && !uses.group(1).startsWith("./")) {
                    assertTrue(PINNED.matcher(uses.group(1)).matches(), file + ": " + line);
                }
            }
        }
    }

    @Test
    void everyStepThatRunsSomethingCallsOneTargetOfMake() throws IOException {
        var targets = Files.readString(Path.of("Makefile"));
        for (var job : jobs().entrySet()) {
            for (var step : job.getValue().path("steps")) {
                if (step.has("run")) {
                    var command = step.path("run").asText();
                    assertTrue(command.matches("make [a-z-]+"), job.getKey() + ": " + command);
                    var target = Pattern.compile("^%s:".formatted(command.substring(5)), Pattern.MULTILINE);
                    assertTrue(target.matcher(targets).find(), job.getKey() + ": no such target: " + command);
                }
            }
        }
    }

    @Test
    void noJobHasMoreRightsThanItNeeds() throws IOException {
        for (var file : files()) {
            var top = YAML.readTree(file.toFile()).path("permissions");
            assertTrue(top.isObject(), file + " has no permissions");
            assertTrue(top.isEmpty() || top.toString().equals("{\"contents\":\"read\"}"), file + ": " + top);
        }
        for (var job : jobs().entrySet()) {
            var rights = new TreeMap<String, String>();
            job.getValue()
                    .path("permissions")
                    .properties()
                    .forEach(
                            right -> rights.put(right.getKey(), right.getValue().asText()));
            rights.remove("contents", "read");
            assertEquals(WRITERS.getOrDefault(job.getKey(), Map.of()), rights, job.getKey());
        }
    }

    @Test
    void thePullRequestsCodeNeverRunsWithRights() throws IOException {
        for (var file : files()) {
            var triggers = YAML.readTree(file.toFile()).path("on");
            assertFalse(triggers.has("pull_request_target"), file.toString());
            if (triggers.has("workflow_run")) {
                assertFalse(
                        Files.readString(file).contains("ref:"), file + " checks out another branch than the default");
            }
        }
        var aws = jobs().get("preview-aws.yml aws").path("if").asText();
        assertTrue(aws.contains("github.event.pull_request.head.repo.full_name == github.repository"), aws);
    }

    /** A pull request may also change this file: the role must trust its environment only, see the docs. */
    @Test
    void everyJobWithARoleRunsInAnEnvironment() throws IOException {
        for (var job : jobs().entrySet()) {
            if (job.getValue().at("/permissions/id-token").asText().equals("write")) {
                assertTrue(job.getValue().has("environment"), job.getKey());
            }
        }
        assertEquals(
                "preview", jobs().get("preview-aws.yml aws").path("environment").asText());
    }

    @Test
    void everyJobThatUsesABackendHasWhatItsSecretsNeed() throws IOException {
        for (var job : jobs().entrySet()) {
            for (var step : job.getValue().path("steps")) {
                if (step.at("/env/PULUMI_BACKEND_URL").isTextual()) {
                    assertEquals(
                            "${{ secrets.PULUMI_CONFIG_PASSPHRASE }}",
                            step.at("/env/PULUMI_CONFIG_PASSPHRASE").asText(),
                            job.getKey());
                }
            }
        }
    }

    @Test
    void theCommentIsMadeOfNoMoreArtifactsThanPreviewLeaves() throws IOException {
        var artifacts = new ArrayList<String>();
        for (var name : List.of("preview.yml local", "preview-aws.yml aws")) {
            jobs().get(name).path("steps").findValues("name").forEach(artifact -> artifacts.add(artifact.asText()));
        }
        assertEquals(List.of("comment-local", "comment-aws"), artifacts);
        var pattern = jobs().get("comment.yml comment").path("steps").findValue("pattern");
        assertEquals("comment-{local,aws}", pattern.asText());
    }

    @Test
    void theCommentFollowsBothPreviews() throws IOException {
        var names = new ArrayList<String>();
        for (var file : List.of("preview.yml", "preview-aws.yml")) {
            names.add(YAML.readTree(FOLDER.resolve(file).toFile()).path("name").asText());
        }
        var followed = YAML.readTree(FOLDER.resolve("comment.yml").toFile()).at("/on/workflow_run/workflows");
        assertEquals(names, YAML.convertValue(followed, List.class));
    }

    @Test
    void noCheckoutLeavesItsTokenBehindAndEveryJobEnds() throws IOException {
        for (var job : jobs().entrySet()) {
            assertTrue(job.getValue().has("timeout-minutes") || job.getValue().has("uses"), job.getKey());
            for (var step : job.getValue().path("steps")) {
                if (step.path("uses").asText().startsWith("actions/checkout@")) {
                    assertEquals("false", step.at("/with/persist-credentials").asText(), job.getKey());
                }
            }
        }
    }

    @Test
    void mergedCommitsAreTestedAndProdIsApproved() throws IOException {
        assertEquals("test", jobs().get("deploy.yml dev").path("needs").asText());
        assertEquals("dev", jobs().get("deploy.yml prod").path("needs").asText());
        assertEquals("prod", jobs().get("deploy.yml prod").path("environment").asText());
    }

    private static Map<String, JsonNode> jobs() throws IOException {
        var jobs = new TreeMap<String, JsonNode>();
        for (var file : files()) {
            YAML.readTree(file.toFile())
                    .path("jobs")
                    .properties()
                    .forEach(job -> jobs.put(file.getFileName() + " " + job.getKey(), job.getValue()));
        }
        return jobs;
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }
}
