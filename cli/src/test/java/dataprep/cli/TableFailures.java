package dataprep.cli;

import dataprep.failures.FailureMatrix;
import dataprep.failures.FailureRow;
import dataprep.workflow.DataPreparationWorkflow;
import java.util.List;

/** The failures of the tasks that only a data set with an Iceberg table has. */
final class TableFailures {
    private TableFailures() {}

    static List<FailureRow> rows() {
        var others =
                DataPreparationWorkflow.withPlaceholders().branch().states().keySet();
        var machine = DataPreparationWorkflow.ofTableWithPlaceholders();
        return new FailureMatrix(machine, DataPreparationWorkflow.COMMIT, DataPreparationWorkflow.REDRIVEN)
                .rows().stream()
                        .filter(row -> machine.branch().states().containsKey(row.state()))
                        .filter(row -> !others.contains(row.state()))
                        .toList();
    }
}
