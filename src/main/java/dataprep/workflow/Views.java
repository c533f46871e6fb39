package dataprep.workflow;

import dataprep.asl.Branch;
import dataprep.asl.Choice;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Parallel;
import dataprep.asl.Rule;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import java.util.List;

/**
 * What readers see of a run: output.csv, and the catalog table that points to its data set.
 *
 * @param dataset URI of the data set's folder
 * @param columns of the data set, as Glue's {Name, Type}
 * @param csv URI of the data set as one CSV file; no text if the run has none
 * @param csvBefore the same of the run that readers may still see
 */
record Views(Resources resources, Jsonata dataset, Jsonata columns, Jsonata csv, Jsonata csvBefore) {
    private static final int COPY_SECONDS = 600;

    /** Shows the run; the states' names end in the given word. */
    Parallel show(String word) {
        return Parallel.of(showCsv(word), Branch.of("PointTable" + word, pointTable()));
    }

    private Branch showCsv(String word) {
        return Branch.startAt("CsvWritten" + word)
                .state(
                        "CsvWritten" + word,
                        Choice.between(
                                        isText(csv).next("PublishCsv" + word),
                                        isText(csvBefore).comment("only before").next("RemoveCsv" + word))
                                .otherwise("DatasetOnly" + word))
                .state("PublishCsv" + word, publishCsv())
                .state("RemoveCsv" + word, removeCsv())
                .state("DatasetOnly" + word, Succeed.create());
    }

    private static Rule isText(Jsonata value) {
        return Rule.when(Jsonata.of("$type(%s) = 'string'".formatted(value.expression())));
    }

    private Task publishCsv() {
        var read = Statement.allow("s3:GetObject").on(resources.objectsArn(LakePaths.DATASET + "*"));
        return onCsv("copyObject", "s3:PutObject", read)
                .argument("CopySource", Jsonata.of("$substringAfter(%s, 's3://')".formatted(csv.expression())))
                .timeoutSeconds(COPY_SECONDS)
                .end();
    }

    private Task removeCsv() {
        return onCsv("deleteObject", "s3:DeleteObject")
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .end();
    }

    private Task onCsv(String action, String permission, Statement... others) {
        return Task.awsSdk("s3", action, Statement.allow(permission).on(resources.objectsArn(LakePaths.OUTPUT_CSV)))
                .requires(others)
                .argument("Bucket", resources.dataBucket())
                .argument("Key", LakePaths.OUTPUT_CSV)
                .retry(Retries.of(Retries.S3_TRANSIENT));
    }

    private Task pointTable() {
        var update = Statement.allow("glue:UpdateTable")
                .on(
                        resources.arn("glue", "catalog"),
                        resources.arn("glue", "database/" + resources.database()),
                        resources.arn("glue", "table/%s/%s".formatted(resources.database(), resources.table())));
        return Task.awsSdk("glue", "updateTable", update)
                .argument("DatabaseName", resources.database())
                .argument("TableInput", PublishedTable.input(resources.table(), columns, dataset))
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .retry(Retries.of(Errors.GLUE_TRANSIENT), Retries.of(List.of("Glue.ConcurrentModificationException")))
                .end();
    }
}
