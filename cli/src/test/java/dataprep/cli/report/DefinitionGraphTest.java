package dataprep.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionGraphTest {
    private static final ReportInput RUN = RecordedRuns.failed();
    private static final DefinitionGraph WHOLE = DefinitionGraph.of(RUN.definition());

    @Test
    void theStatesInsideOfOthersAreFound() {
        var loadData = WHOLE.states().stream()
                .filter(state -> state.name().equals("LoadData"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("CsvFits", "PublishCsv", "DatasetOnly", "PointTable"),
                loadData.inside().states().stream()
                        .map(DefinitionGraph.State::name)
                        .toList());
        assertEquals(
                List.of("PublishCsv", "DatasetOnly"),
                loadData.inside().arrows().stream()
                        .map(DefinitionGraph.Arrow::to)
                        .toList());
    }

    @Test
    void thePartAroundARunHoldsItsStatesAndThoseThatCouldHaveComeNext() {
        var part = WHOLE.around(RUN.run().visits());
        assertEquals(
                List.of(
                        "ExtractData",
                        "NewData",
                        "NothingToDo",
                        "TransformData",
                        "TransformEnded",
                        "NotifyFailure",
                        "PipelineFailed"),
                part.states().stream().map(DefinitionGraph.State::name).toList());
        assertTrue(part.size() < WHOLE.size());
        assertEquals(
                List.of("TransformData"),
                part.arrows().stream()
                        .filter(DefinitionGraph.Arrow::isCatch)
                        .map(DefinitionGraph.Arrow::from)
                        .toList());
    }
}
