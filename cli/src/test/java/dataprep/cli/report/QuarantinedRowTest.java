package dataprep.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantinedRowTest {
    @Test
    void rowsAreListedByTheirFileAndNumberThoseOfTheDataSetLast() {
        var rows = List.of(
                RecordedRuns.row("{\"source\": \"data set\"}"),
                RecordedRuns.row("{\"file\": \"s3://b/raw/run_id=1/s/b.csv\", \"row\": 3}"),
                RecordedRuns.row("{\"file\": \"s3://b/raw/run_id=1/s/a.csv\", \"row\": 17}"),
                RecordedRuns.row("{\"file\": \"s3://b/raw/run_id=1/s/a.csv\", \"row\": 4}"));
        var listed = QuarantinedRow.of(new Quarantine(rows, true)).stream()
                .map(row -> row.row() + row.file())
                .toList();
        assertEquals(List.of("4s/a.csv", "17s/a.csv", "3s/b.csv", ""), listed);
    }
}
