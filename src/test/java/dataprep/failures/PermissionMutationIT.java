package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Takes each action of each statement away from each role in turn: the run must then fail, or fail to mend a failure,
 * where it needs the action, with IAM's refusal that names it. What changes nothing is listed here with its reason, or
 * it is too much and the test fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionMutationIT {
    /** Actions whose use no run on the local AWS shows. */
    private static final Map<String, String> UNPROVEN = Map.of(
            "logs:", "Step Functions, Lambda and Glue deliver their logs themselves; the local AWS writes files",
            "xray:", "Step Functions sends its traces itself; the local AWS has none",
            "s3:AbortMultipartUpload", "asked for only when an upload in parts has failed halfway",
            "glue:GetJobRuns", "AWS asks for it with glue:startJobRun.sync; the local AWS polls with GetJobRun");

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Mutation(String role, String policyArn, String mutated, String action, List<String> resources) {}

    private final List<String> table = new ArrayList<>();
    private LocalPipeline pipeline;
    private long started;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.deployed(Path.of("target", "permission-mutation-it"));
        started = System.nanoTime();
    }

    @AfterAll
    void printAndStop() {
        System.out.printf("%n%-24s %-26s %s%n", "role", "without", "fails in, with");
        table.forEach(System.out::println);
        System.out.printf(
                "%d permissions in %d s%n",
                table.size(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
        pipeline.close();
    }

    @TestFactory
    Stream<DynamicTest> everyPermissionIsNeeded() throws Exception {
        var mutations = new ArrayList<Mutation>();
        for (var role : List.of("stepFunctionRole", "dataExtractionRole", "dataTransformationRole")) {
            mutations.addAll(mutations(role));
        }
        return mutations.stream()
                .map(mutation -> DynamicTest.dynamicTest(
                        "%s without %s on %s".formatted(mutation.role(), mutation.action(), mutation.resources()),
                        () -> execute(mutation)));
    }

    private void execute(Mutation mutation) throws Exception {
        var version = pipeline.aws.iam.createPolicyVersion(request -> request.policyArn(mutation.policyArn())
                .policyDocument(mutation.mutated())
                .setAsDefault(true));
        String found;
        try {
            found = refusal(mutation);
        } finally {
            pipeline.aws.noFaults();
            pipeline.aws.iam.setDefaultPolicyVersion(
                    request -> request.policyArn(mutation.policyArn()).versionId("v1"));
            pipeline.aws.iam.deletePolicyVersion(request -> request.policyArn(mutation.policyArn())
                    .versionId(version.policyVersion().versionId()));
        }
        var reason = UNPROVEN.entrySet().stream()
                .filter(entry -> mutation.action().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        table.add("%-24s %-26s %s"
                .formatted(mutation.role(), mutation.action(), found.isEmpty() ? reason.orElse("NOTHING") : found));
        assertEquals(reason.isEmpty(), !found.isEmpty(), "%s: %s".formatted(mutation.action(), found));
    }

    /** Where the missing permission shows; empty if it does nowhere. */
    private String refusal(Mutation mutation) throws Exception {
        if (mutation.role().equals("dataTransformationRole")) {
            pipeline.useSpark();
            try {
                return refusal(mutation, pipeline.run().executionArn());
            } finally {
                pipeline.useReplay();
            }
        }
        pipeline.aws.noFaults();
        var found = refusal(mutation, pipeline.run().executionArn());
        return found.isEmpty() && mutation.role().equals("stepFunctionRole") ? refusalInFailure(mutation) : found;
    }

    private String refusalInFailure(Mutation mutation) throws Exception {
        pipeline.messages();
        var failing = Map.<String, Object>of(
                "service",
                "glue",
                "operation",
                "UpdateTable",
                "state",
                "PointTable",
                "times",
                1,
                "error",
                Map.of("code", "EntityNotFoundException", "message", "told to fail", "status", 400));
        pipeline.aws.faults(List.of(failing), Map.of());
        var found = refusal(mutation, pipeline.run().executionArn());
        return found.isEmpty() ? refusalInAbort(mutation) : found;
    }

    /** An execution that is aborted stops its job run: the refusal of that stands in no history. */
    private String refusalInAbort(Mutation mutation) throws Exception {
        pipeline.aws.noFaults();
        var left = pipeline.jobRunAfterAbort();
        return left.equals("STOPPED") || !mutation.action().equals("glue:BatchStopJobRun")
                ? ""
                : "TransformData: an aborted execution leaves its job run " + left;
    }

    private String refusal(Mutation mutation, String execution) throws Exception {
        var history = pipeline.history(execution);
        for (var resource : mutation.resources()) {
            var prefix = resource.replaceFirst("\\*$", "");
            var found = history.failureWith(
                    "not authorized to perform: %s on resource: %s".formatted(mutation.action(), prefix));
            if (!found.isEmpty()) {
                return found;
            }
        }
        var end = pipeline.end(execution);
        // what is asked for by HEAD is refused without a word, as on AWS
        return end.status() == ExecutionStatus.FAILED && end.cause().matches("(?s).*(Forbidden|Access Denied|403).*")
                ? end.error() + " 403 Forbidden"
                : "";
    }

    private List<Mutation> mutations(String prefix) throws Exception {
        var role = pipeline.aws.iam.listRolesPaginator().roles().stream()
                .filter(found -> found.roleName().startsWith(prefix))
                .findFirst()
                .orElseThrow();
        var attached = pipeline.aws
                .iam
                .listAttachedRolePolicies(request -> request.roleName(role.roleName()))
                .attachedPolicies();
        assertEquals(1, attached.size());
        var arn = attached.get(0).policyArn();
        var encoded = pipeline.aws
                .iam
                .getPolicyVersion(request -> request.policyArn(arn).versionId("v1"))
                .policyVersion()
                .document();
        var document = JSON.readTree(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
        var mutations = new ArrayList<Mutation>();
        for (int i = 0; i < document.path("Statement").size(); i++) {
            for (int j = 0;
                    j < document.path("Statement").path(i).path("Action").size();
                    j++) {
                mutations.add(without(document, i, j, prefix, arn));
            }
        }
        assertTrue(mutations.size() > 3, mutations.toString());
        return mutations;
    }

    private static Mutation without(JsonNode document, int statement, int action, String role, String arn) {
        var resources = new ArrayList<String>();
        document.at("/Statement/%d/Resource".formatted(statement))
                .forEach(resource -> resources.add(resource.asText()));
        JsonNode mutated = document.deepCopy();
        var actions = (ArrayNode) mutated.at("/Statement/%d/Action".formatted(statement));
        var removed = actions.remove(action).asText();
        if (actions.isEmpty()) {
            ((ArrayNode) mutated.path("Statement")).remove(statement);
        }
        return new Mutation(role, arn, mutated.toString(), removed, resources);
    }
}
