package dataprep.publication;

import static dataprep.publication.Definitions.SHIPPED;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The scenarios of the publication: those of every build, and those of {@code DEPTH=deep}, which take up to an hour.
 */
final class Scenarios {
    static final Scenario ONE_RUN =
            Scenario.of("published before", SHIPPED).after("run-0").run("R1");
    static final Scenario TWO_RUNS = ONE_RUN.run("R2");
    private static final Scenario THREE_RUNS = TWO_RUNS.run("R3");
    static final Scenario FIRST_PUBLISH =
            Scenario.of("first publish", SHIPPED).run("R1").run("R2");
    static final Scenario ROLLBACK =
            Scenario.of("rollback", SHIPPED).after("run-0", "run-1").rollback("R1", "run-0");
    private static final Scenario ROLLBACK_AND_RUN = ROLLBACK.run("R2");
    private static final Scenario WITHOUT_CSV = Scenario.of("one run without a CSV", SHIPPED)
            .after("run-0")
            .run("R1-" + ModelPipeline.WITHOUT_CSV)
            .run("R2");

    /** A chain and a diamond: data sets that read this one while it publishes and deletes. */
    static final Scenario READ_BY_OTHERS = Scenario.of("read by another data set", Definitions.READ_BY_OTHERS)
            .after("run-0")
            .run("R1")
            .withEveryCall();

    static final Scenario TABLE =
            Scenario.of("Iceberg table", Definitions.ICEBERG).after("run-0").run("R1");
    static final Scenario TABLE_ROLLBACK = Scenario.of(
                    "rollback of an Iceberg table", Definitions.ICEBERG_WITH_TWO_RUNS)
            .after("run-0", "run-1")
            .rollback("R1", "run-0")
            .run("R2");

    private static final Map<String, Explorer.Report> REPORTS = new ConcurrentHashMap<>();

    private Scenarios() {}

    /** The cached report on a scenario of the deployed definition. */
    static Explorer.Report report(Scenario scenario) {
        return REPORTS.computeIfAbsent(scenario.toString(), key -> Explorer.explore(scenario));
    }

    static Stream<Scenario> ofEveryBuild() {
        return Stream.of(
                THREE_RUNS,
                THREE_RUNS.faults(1),
                TWO_RUNS.faults(2).aborts(1),
                TWO_RUNS.faults(1).lates(1),
                TWO_RUNS.aborts(1).redrives(1).lates(1),
                TWO_RUNS.faults(1).aborts(1).withUniqueEtags(),
                ONE_RUN.faults(2).aborts(1).redrives(1).lates(1),
                ONE_RUN.faults(2).lates(1).withEveryCall(),
                TWO_RUNS.faults(1).withEveryCall(),
                FIRST_PUBLISH.faults(2),
                FIRST_PUBLISH.aborts(1).redrives(1),
                FIRST_PUBLISH.run("R3"),
                ROLLBACK_AND_RUN.faults(1).aborts(1),
                ROLLBACK_AND_RUN.lates(1),
                ROLLBACK_AND_RUN.run("R3"),
                WITHOUT_CSV.faults(1).aborts(1),
                READ_BY_OTHERS.reader("D1"),
                READ_BY_OTHERS.reader("D1").reader("D2"),
                READ_BY_OTHERS.run("R2").reader("D1"),
                TABLE.run("R2").faults(1),
                TABLE.run("R2").faults(1).aborts(1),
                TABLE.faults(1).aborts(1).redrives(1).lates(1),
                TABLE.run("R2").withEveryCall(),
                TABLE.faults(1).aborts(1).withEveryCall(),
                TABLE_ROLLBACK.faults(1).aborts(1),
                TABLE_ROLLBACK.withEveryCall());
    }

    static Stream<Scenario> deep() {
        return Stream.of(
                TWO_RUNS.faults(2).aborts(1).redrives(1),
                TWO_RUNS.faults(1).aborts(1).redrives(1).lates(1),
                TWO_RUNS.aborts(1).redrives(1).lates(1).withUniqueEtags(),
                FIRST_PUBLISH.faults(1).lates(1),
                FIRST_PUBLISH.aborts(1).redrives(1).lates(1),
                ROLLBACK_AND_RUN.faults(1).lates(1),
                ROLLBACK_AND_RUN.aborts(1).redrives(1).lates(1),
                ROLLBACK_AND_RUN.run("R3").faults(1),
                WITHOUT_CSV.faults(1).lates(1),
                TABLE.run("R2").run("R3"),
                TABLE.run("R2").aborts(1).redrives(1).lates(1),
                THREE_RUNS.aborts(1).redrives(1),
                THREE_RUNS.lates(1),
                THREE_RUNS.faults(2),
                TWO_RUNS.faults(2).aborts(1).redrives(1).lates(1));
    }
}
