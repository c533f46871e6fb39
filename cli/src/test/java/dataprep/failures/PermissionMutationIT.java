package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.LocatedState;
import dataprep.failures.RolePolicy.Permission;
import dataprep.iam.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Removes each action of each statement from each role in turn: a run that reaches the state which needs it must fail
 * with IAM's message that names action and resource, or the lineage function, for which no run waits. Exceptions are
 * listed here with their reasons; every other unneeded action fails the test.
 *
 * <p>One deployment, many runs. Those about the job's role run the Spark job itself, the others {@link LocalPipeline}'s
 * replay of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionMutationIT {
    /** Prefixes of actions whose use the local AWS cannot show. */
    private static final Map<String, String> NOT_MISSED = Map.of(
            "logs:", "without it logs are missing, but no run fails",
            "xray:", "Step Functions sends traces itself; the local AWS has no X-Ray",
            "s3:AbortMultipartUpload", "needed only when a multipart upload fails midway",
            "sqs:", "Lambda itself sends the events whose invocations failed; the local AWS does not",
            "glue:GetJobRuns", "AWS requires it for startJobRun.sync; the local AWS uses GetJobRun only");

    private final List<String> table = new ArrayList<>();
    private LocalPipeline pipeline;
    private Situations situations;
    private long started;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.shared();
        situations = pipeline.situations();
        started = System.nanoTime();
    }

    @AfterAll
    void print() {
        System.out.printf("%n%-22s %-24s %-52s %s%n", "role", "without", "on", "is missed in");
        table.forEach(System.out::println);
        System.out.printf(
                "%d permissions in %d s%n",
                table.size(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
    }

    @TestFactory
    Stream<DynamicTest> everyPermissionIsMissed() throws Exception {
        var tests = new ArrayList<DynamicTest>();
        for (var role : List.of("stepFunctionRole", "dataExtractionRole", "dataTransformationRole", "lineageRole")) {
            var policy = RolePolicy.of(pipeline.aws.iam, role);
            for (var permission : policy.permissions()) {
                if (reason(permission).isEmpty()) {
                    var name = "%s without %s on %s".formatted(role, permission.action(), permission.resources());
                    tests.add(DynamicTest.dynamicTest(name, () -> isMissed(policy, permission)));
                }
            }
            tests.add(DynamicTest.dynamicTest(role + " without the listed exceptions", () -> listedAreNot(policy)));
        }
        return tests.stream();
    }

    private void isMissed(RolePolicy policy, Permission permission) throws Exception {
        var found = policy.without(permission::equals, () -> switch (policy.role()) {
            case "stepFunctionRole" -> missedInAState(permission);
            case "dataExtractionRole" -> missedByTheFunction(permission);
            case "lineageRole" -> missedByTheLineage(permission);
            default -> missedByTheJob(permission);
        });
        row(permission, found.isEmpty() ? "NOTHING" : found);
        assertTrue(!found.isEmpty(), permission + " is not needed: remove it, or list it with its reason");
        pipeline.aws.noFaults();
        assertEquals(ExecutionStatus.SUCCEEDED, pipeline.run().status(), "after its restoration");
        pipeline.forgetEarlierRuns();
    }

    private void listedAreNot(RolePolicy policy) throws Exception {
        for (var permission : policy.permissions()) {
            reason(permission).ifPresent(reason -> row(permission, reason));
        }
        var end = policy.without(permission -> reason(permission).isPresent(), pipeline::run);
        assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.cause());
    }

    /** Leads a run to each task that needs the permission, until one is denied. */
    private String missedInAState(Permission permission) throws Exception {
        if (permission.action().equals("glue:BatchStopJobRun")) {
            pipeline.aws.noFaults();
            var left = new AbortedRun(pipeline).stateOfItsJobRun();
            return left.equals("STOPPED") ? "" : "TransformData: aborted, it leaves its job run " + left;
        }
        for (var task : situations.matrix().tasks()) {
            if (task.state().permissions().stream().anyMatch(statement -> asksFor(statement, permission))) {
                var found = refusedIn(task, permission);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private String refusedIn(LocatedState task, Permission permission) throws Exception {
        var runId = UUID.randomUUID().toString();
        pipeline.aws.faults(situations.leadingTo(task, runId), Map.of());
        return refusal(
                permission,
                pipeline.end(pipeline.start(runId, situations.input(task))).executionArn());
    }

    private String missedByTheFunction(Permission permission) throws Exception {
        pipeline.aws.noFaults();
        var found = refusal(permission, pipeline.run().executionArn());
        if (!found.isEmpty()) {
            return found;
        }
        // reads the earlier copy of an unchanged source
        var again = pipeline.start(UUID.randomUUID().toString(), "{}");
        pipeline.end(again);
        found = refusal(permission, again);
        if (!found.isEmpty()) {
            return found;
        }
        // the second of two invocations for one extraction reads the output of the first
        pipeline.extract("twice");
        if (pipeline.extract("twice").contains("not authorized to perform: %s".formatted(permission.action()))) {
            return "ExtractSource DestinationRefused";
        }
        // S3 reports a missing object as such only to callers that may list the bucket
        var source = pipeline.data.text("samples/airlines.csv");
        pipeline.data.delete("samples/airlines.csv");
        try {
            var cause = pipeline.run().cause();
            return cause.startsWith("SourceForbidden") ? "ExtractSource SourceForbidden, not SourceNotFound" : "";
        } finally {
            pipeline.data.write("samples/airlines.csv", source);
        }
    }

    private String missedByTheLineage(Permission permission) throws Exception {
        pipeline.aws.noFaults();
        var run = pipeline.run();
        if (pipeline.recordLineage(run, run.stateMachineArn())
                .contains("not authorized to perform: " + permission.action())) {
            return "the end of a run AccessDenied";
        }
        // S3 reports a missing object as such only to callers that may list the bucket
        return pipeline.recordLineage(run, run.stateMachineArn() + "-other").contains("InvalidEvent")
                ? ""
                : "another state machine AccessDenied, not InvalidEvent";
    }

    private String missedByTheJob(Permission permission) throws Exception {
        pipeline.aws.noFaults();
        pipeline.useSpark();
        try {
            return refusal(permission, pipeline.run().executionArn());
        } finally {
            pipeline.useReplay();
        }
    }

    /** State and error of the denial; empty if there is none. */
    private String refusal(Permission permission, String execution) throws Exception {
        var history = pipeline.history(execution);
        for (var resource : permission.resources()) {
            var named = "not authorized to perform: %s on resource: %s"
                    .formatted(permission.action(), resource.replaceFirst("\\*$", ""));
            var found = history.failureWith(named);
            if (!found.isEmpty()) {
                return found;
            }
        }
        var end = pipeline.end(execution);
        // a denied HEAD request has no message, as on AWS
        var isSilent = end.status() == ExecutionStatus.FAILED
                && String.valueOf(end.cause()).matches("(?s).*(Forbidden|\\b403\\b).*");
        return isSilent ? end.error() + " 403 Forbidden" : "";
    }

    private static Optional<String> reason(Permission permission) {
        return NOT_MISSED.entrySet().stream()
                .filter(entry -> permission.action().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether a task's statement, on resources with placeholder names, is for the permission. */
    private static boolean asksFor(Statement statement, Permission permission) {
        return statement.actions().contains(permission.action())
                && statement.resources().stream()
                        .anyMatch(resource -> permission.resources().stream()
                                .anyMatch(other -> path(other).equals(path(resource))));
    }

    /** The part of an ARN that does not depend on the names of a deployment. */
    private static String path(String arn) {
        return arn.contains("/") && arn.contains(":s3:") ? arn.substring(arn.indexOf('/')) : arn.split(":")[2];
    }

    private void row(Permission permission, String missed) {
        var on = String.join(" ", permission.resources()).replaceAll("arn:aws:|us-east-1:123456789012:", "");
        table.add("%-22s %-24s %-52s %s"
                .formatted(
                        permission.role(),
                        permission.action(),
                        on.length() > 52 ? on.substring(0, 49) + "..." : on,
                        missed));
    }
}
