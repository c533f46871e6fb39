package dataprep.publication;

import static dataprep.publication.Definitions.SHIPPED;
import static dataprep.publication.Scenarios.FIRST_PUBLISH;
import static dataprep.publication.Scenarios.ONE_RUN;
import static dataprep.publication.Scenarios.READ_BY_OTHERS;
import static dataprep.publication.Scenarios.ROLLBACK;
import static dataprep.publication.Scenarios.TABLE;
import static dataprep.publication.Scenarios.TABLE_ROLLBACK;
import static dataprep.publication.Scenarios.TWO_RUNS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every guard of the publication is necessary: without it, a scenario has a violation that it does not have with it.
 */
class BrokenGuardsIT {
    private static final Scenario NAME_USED_AGAIN =
            Scenario.of("reused name", SHIPPED).after("run-0", "R1").run("R1").run("R2");
    private static final Scenario READ_BY_ANOTHER = READ_BY_OTHERS.reader("D1");

    /**
     * A guard, and how it is broken.
     *
     * @param holds a scenario that has no violation with the guard
     */
    record Guard(String name, Mutation broken, Scenario holds) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Guard> guards() {
        return Stream.of(
                new Guard(
                        "the claim is written over the manifest that was read",
                        Mutation.replace("/ClaimPublication/Arguments", "'IfMatch'", "'Ignored'"),
                        TWO_RUNS),
                new Guard(
                        "the first claim is written only if there is no manifest",
                        Mutation.replace("/ClaimPublication/Arguments", "'IfNoneMatch'", "'Ignored'"),
                        FIRST_PUBLISH),
                new Guard(
                        "the commit is written over the claim",
                        Mutation.replace("/CommitManifest/Arguments", "'IfMatch'", "'Ignored'"),
                        TWO_RUNS.aborts(1).redrives(1)),
                new Guard(
                        "another run's claim is detected",
                        Mutation.removeRule("PublicationFree", "another run has the claim"),
                        TWO_RUNS),
                new Guard(
                        "a run does not wait for itself",
                        Mutation.replace("/PublicationFree/Choices", "[execution != $states.context.Execution.Id]", ""),
                        TWO_RUNS.faults(1).lates(1)),
                new Guard(
                        "the claim of a running execution is not taken over",
                        Mutation.removeRule("PublisherEnded", "the publisher is still running"),
                        TWO_RUNS),
                new Guard(
                        "a run waits for the last calls of an ended claimant",
                        Mutation.redirect("/PublisherEnded/Default", "ClaimPublication"),
                        TWO_RUNS.faults(1).aborts(1).lates(1)),
                new Guard(
                        "a rejected claim belongs to another run",
                        Mutation.redirect("/ClaimHeld/Default", "LoadData"),
                        TWO_RUNS),
                new Guard(
                        "a run restores only if the claim is its own",
                        Mutation.redirect("/Outcome/Default", "AwaitOwnLateCalls"),
                        TWO_RUNS.aborts(1).redrives(1)),
                new Guard(
                        "a commit is also identified by the execution's start time",
                        Mutation.replace(
                                "/Outcome/Choices", " and started_at = $states.context.Execution.StartTime", ""),
                        NAME_USED_AGAIN.aborts(1).redrives(1)),
                new Guard(
                        "a restoring run waits for its own calls",
                        Mutation.replace("/AwaitOwnLateCalls/Seconds", "600", "0"),
                        ONE_RUN.lates(1)),
                new Guard(
                        "a redriven run waits for its calls before the redrive",
                        Mutation.replace("/AwaitOwnLateCalls/Seconds", "$claimRedrives != ", "0 = 1 and 0 != "),
                        ONE_RUN.faults(1).aborts(1).redrives(1).lates(1)),
                new Guard(
                        "loaded data are restored before the claim is removed",
                        Mutation.redirect("/ClaimRestoration/Next", "RestoreManifest"),
                        ONE_RUN.faults(1)),
                new Guard(
                        "a manifest is restored only over the run's own claim",
                        Mutation.replace("/RestoreManifest/Arguments", "'IfMatch'", "'Ignored'"),
                        TWO_RUNS.faults(2).aborts(1)),
                new Guard(
                        "the table is updated only if unchanged",
                        Mutation.remove("/LoadData/Branches/0/States/PointTable/Arguments/VersionId"),
                        TWO_RUNS.aborts(1).lates(1)),
                new Guard(
                        "the table is restored only if unchanged",
                        Mutation.remove("/RestoreData/Branches/0/States/PointTableAgain/Arguments/VersionId"),
                        TWO_RUNS.faults(1).lates(1)),
                new Guard(
                        "a redriven run does not update the table",
                        Mutation.replace(
                                "/LoadData/Branches/0/States/PointTable/Arguments/VersionId",
                                "'redriven'",
                                "$tableVersion"),
                        TWO_RUNS.aborts(1).redrives(1)),
                new Guard(
                        "a redriven run does not copy the CSV",
                        Mutation.replace(
                                "/LoadData/Branches/0/States/PublishCsv/Arguments",
                                "{'IfMatch': '\\\"redriven\\\"'}",
                                "{'IfMatch': $csvEtag}"),
                        TWO_RUNS.aborts(1).redrives(1).lates(1)),
                new Guard(
                        "a copy of the CSV without a response is not retried",
                        Mutation.replace(
                                "/LoadData/Branches/0/States/PublishCsv/Retry",
                                "\"S3.S3Exception\"",
                                "\"S3.S3Exception\", \"S3.SdkClientException\""),
                        ONE_RUN.faults(1).lates(1)),
                new Guard(
                        "a claim to restore is written over the run's own claim",
                        Mutation.replace("/ClaimRestoration/Arguments", "'IfMatch'", "'Ignored'"),
                        TWO_RUNS.faults(1).aborts(1).redrives(1)),
                new Guard(
                        "the CSV is copied only if unchanged",
                        Mutation.replace("/LoadData/Branches/0/States/PublishCsv/Arguments", "IfMatch", "Ignored"),
                        TWO_RUNS.aborts(1).redrives(1)),
                new Guard(
                        "a run after a claim extracts everything again",
                        Mutation.replace("/Requested/Assign/full", " or $exists($published.publishing)", ""),
                        ONE_RUN.aborts(1)),
                new Guard(
                        "a rollback restores the sources of its run",
                        Mutation.replace(
                                "/ReadKeptRun/Assign", "'history'", "'sources': $published.sources, 'history'"),
                        ROLLBACK),
                new Guard(
                        "data of runs that may be running are not deleted",
                        Mutation.replace("/PruneRuns/ItemProcessor/States/RunIdle/Choices", "$lastWritten <", "0 <"),
                        TWO_RUNS.withEveryCall()),
                new Guard(
                        "a run that reads another data set notes it",
                        Mutation.redirect("/ReadRun/Next", "ReadData"),
                        READ_BY_ANOTHER),
                new Guard(
                        "a run that reads another data set looks again after its note",
                        Mutation.redirect("/NoteReader/Next", "ReadData"),
                        READ_BY_ANOTHER),
                new Guard(
                        "data that a run has noted to read are not deleted",
                        Mutation.replace("/PruneRuns/ItemProcessor/States/RunIdle/Choices", "$lastWritten <", "0 <"),
                        READ_BY_ANOTHER),
                new Guard(
                        "a version of a table is published only if the table is unchanged",
                        Mutation.remove("/LoadData/Branches/0/States/PointTable/Arguments/VersionId"),
                        TABLE.run("R2").aborts(1).lates(1)),
                new Guard(
                        "the files of retained runs of a table are not deleted",
                        Mutation.replace("/ListRuns/Assign/staleRuns", "$manifest.history.run_id", "[]"),
                        TABLE_ROLLBACK.withEveryCall()),
                new Guard(
                        "the previous version of a table is restored after a failure",
                        Mutation.redirect("/ClaimRestoration/Next", "RestoreManifest"),
                        TABLE.faults(1)),
                new Guard(
                        "a failure is reported before the end",
                        Mutation.redirect("/ReadPublished/Catch/1/Next", "PipelineFailed"),
                        ONE_RUN.faults(1)));
    }

    @ParameterizedTest
    @MethodSource("guards")
    void aGuardIsNeeded(Guard guard) {
        assertEquals("", Scenarios.report(guard.holds()).violation(), "with the guard");
        var report = Explorer.explore(guard.holds().with(guard.broken()));
        System.out.println(report);
        assertTrue(!report.violation().isEmpty(), "without the guard: " + report);
    }
}
