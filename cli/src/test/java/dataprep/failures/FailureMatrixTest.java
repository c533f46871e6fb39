package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Fail;
import dataprep.asl.Parallel;
import dataprep.asl.Retry;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.failures.FailureRow.Notification;
import dataprep.failures.FailureRow.Published;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureMatrixTest {
    private static final Retry TWICE = Retry.on("S3.S3Exception").maxAttempts(2);

    /**
     * Read, then publish in a branch, then commit, then tidy up; a failure sends a message, except that of tidying up.
     */
    private static final StateMachine MACHINE = StateMachine.startAt("Read")
            .state("Read", s3("getObject").retry(TWICE).catching(toNotify()).next("Publish"))
            .state(
                    "Publish",
                    Parallel.of(Branch.of("Copy", s3("copyObject").end()))
                            .catching(toNotify())
                            .next("Commit"))
            .state("Commit", s3("putObject").catching(toNotify()).next("Tidy"))
            .state("Tidy", s3("deleteObject").catching(Catch.all().next("Done")).next("Done"))
            .state("Done", Succeed.create())
            .state(
                    "Notify",
                    Task.snsPublish("arn:aws:sns:r:a:t")
                            .catching(Catch.all().next("Failed"))
                            .next("Failed"))
            .state("Failed", Fail.error("Failed"));

    private static final FailureMatrix MATRIX = new FailureMatrix(MACHINE, "Commit", "redriven");

    @Test
    void anErrorIsRetriedUpToMaxAttempts() {
        assertEquals(2, row("Read", "S3.S3Exception").retries());
        assertEquals(0, row("Read", "S3.NoSuchKeyException").retries());
        assertEquals(0, row("Copy", "S3.S3Exception").retries());
    }

    @Test
    void anUncaughtErrorOfABranchIsTheErrorOfItsParallel() {
        assertEquals("Publish", row("Copy", "S3.S3Exception").caughtBy());
        assertEquals(Set.of("Failed"), row("Copy", "S3.S3Exception").ends());
    }

    @Test
    void thePublishedRunDependsOnTheCommit() {
        assertEquals(Published.BEFORE, row("Read", "S3.S3Exception").published());
        assertEquals(Published.BEFORE, row("Copy", "S3.S3Exception").published());
        assertEquals(Published.EITHER, row("Commit", "S3.S3Exception").published());
        assertEquals(Published.THIS, row("Tidy", "S3.S3Exception").published());
        assertEquals(Published.EITHER, row("Notify", "SNS.ThrottledException").published());
    }

    @Test
    void aFailureIsReportedByTheWorkflowOrByAnEvent() {
        assertEquals(Notification.TOPIC, row("Read", "S3.S3Exception").notification());
        assertEquals(Notification.EVENT, row("Notify", "SNS.ThrottledException").notification());
        assertEquals(Notification.NONE, row("Tidy", "S3.S3Exception").notification());
        assertEquals(Set.of("Done"), row("Tidy", "S3.S3Exception").ends());
    }

    @Test
    void anErrorThatIsCaughtInsideAStateDoesNotFailTheState() {
        var inside = Branch.startAt("Copy")
                .state(
                        "Copy",
                        s3("copyObject").catching(Catch.all().next("Skipped")).end())
                .state("Skipped", Succeed.create());
        var machine = StateMachine.startAt("Publish")
                .state("Publish", Parallel.of(inside).catching(toNotify()).next("Done"))
                .state("Done", Succeed.create())
                .state("Notify", Fail.error("Notified"));
        var row = new FailureMatrix(machine, "Publish", "redriven").rows().get(0);
        assertEquals("Copy", row.caughtBy());
        assertEquals(Set.of("Done"), row.ends());
    }

    @Test
    void anUncaughtErrorEndsTheExecution() {
        var machine = StateMachine.startAt("Read").state("Read", s3("getObject").end());
        var row = new FailureMatrix(machine, "Read", "redriven").rows().get(0);
        assertEquals("", row.caughtBy());
        assertEquals(Set.of(), row.ends());
        assertEquals(Notification.EVENT, row.notification());
    }

    @Test
    void aMessageWithALateResponseMayHaveBeenSent() {
        var machine = StateMachine.startAt("Notify")
                .state(
                        "Notify",
                        Task.snsPublish("arn:aws:sns:r:a:t")
                                .timeoutSeconds(5)
                                .catching(Catch.all().next("Failed"))
                                .next("Failed"))
                .state("Failed", Fail.error("Failed"));
        var notification = new FailureMatrix(machine, "Notify", "redriven")
                .rows().stream()
                        .filter(FailureRow::isLate)
                        .map(FailureRow::notification)
                        .toList();
        assertEquals(List.of(Notification.AT_LEAST_ONCE), notification);
    }

    @Test
    void anErrorAfterWhichTheRunMayContinuePublishesTheRunOrNothing() {
        var machine = StateMachine.startAt("Claim")
                .state(
                        "Claim",
                        s3("putObject").catching(Catch.all().next("Look")).next("Commit"))
                .state("Look", s3("getObject").next("Commit"))
                .state("Commit", s3("putObject").end());
        var published = new FailureMatrix(machine, "Commit", "redriven")
                .rows().stream()
                        .filter(row -> row.state().equals("Claim"))
                        .map(FailureRow::published)
                        .distinct()
                        .toList();
        assertEquals(List.of(Published.EITHER), published);
    }

    @Test
    void onlyATaskWithATimeLimitCanTimeOut() {
        assertTrue(MATRIX.rows().stream().noneMatch(FailureRow::isLate));
        var limited = StateMachine.startAt("Read")
                .state("Read", s3("getObject").timeoutSeconds(5).end());
        assertTrue(
                new FailureMatrix(limited, "Read", "redriven").rows().stream().anyMatch(FailureRow::isLate));
    }

    @Test
    void aTaskOfTheFailurePathIsReachedByTheFailureOfAnother() {
        var visited = Set.of("Read", "Publish", "Copy", "Commit", "Tidy", "Done");
        assertEquals(List.of("Read"), names("Notify", visited));
        assertEquals(List.of(), names("Copy", visited));
    }

    @Test
    void aFaultIsInjectedIntoTheCallsOfItsStateOnly() {
        var injection = row("Copy", "S3.S3Exception").injection();
        assertEquals("s3", injection.get("service"));
        assertEquals("CopyObject", injection.get("operation"));
        assertEquals("Copy", injection.get("state"));
        assertEquals(503, ((Map<?, ?>) injection.get("error")).get("status"));
    }

    @Test
    void aServiceWithoutKnownFaultsIsAnError() {
        var machine = StateMachine.startAt("Send")
                .state("Send", Task.awsSdk("sqs", "sendMessage").end());
        assertThrows(IllegalArgumentException.class, () -> new FailureMatrix(machine, "Send", "redriven").rows());
    }

    private static List<String> names(String task, Set<String> visited) {
        var located = MATRIX.tasks().stream()
                .filter(found -> found.name().equals(task))
                .findFirst()
                .orElseThrow();
        return MATRIX.failuresBefore(located, visited).stream()
                .map(found -> found.name())
                .toList();
    }

    private static FailureRow row(String state, String error) {
        return MATRIX.rows().stream()
                .filter(row -> row.state().equals(state)
                        && row.fault().error().filter(error::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Task s3(String action) {
        return Task.awsSdk("s3", action);
    }

    private static Catch toNotify() {
        return Catch.all().next("Notify");
    }
}
