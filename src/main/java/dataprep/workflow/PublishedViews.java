package dataprep.workflow;

import dataprep.asl.Branch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Parallel;
import dataprep.asl.Retry;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.iam.Statement;

/**
 * Publishes a run to readers: first the catalog table that points to its data set, then output.csv.
 *
 * <p>Both are conditional writes, so that a late call, or one of a redriven execution, does not overwrite what another
 * run has published since.
 *
 * @param manifest of the run to show; a manifest without a run shows nothing
 */
record PublishedViews(ResourceNames resources, Jsonata manifest) {
    /** The metadata file that the catalog names, in the answer to getTable; an empty text without one. */
    static final String METADATA = "[$states.result.Table.Parameters.metadata_location, ''][0]";

    private static final int COPY_SECONDS = 300;
    private static final String IS_REDRIVEN = "%s != $claimRedrives".formatted(ExecutionContext.REDRIVES.expression());

    /** Adds the states, whose names end in the given word. */
    Parallel show(String word) {
        return Parallel.of(Branch.startAt("ReadViews" + word)
                .state("ReadViews" + word, readViews(word).next("PointTable" + word))
                .state("PointTable" + word, pointTable().next("CsvWritten" + word))
                .state(
                        "CsvWritten" + word,
                        Choice.between(
                                        ChoiceRule.when(Jsonata.of("$type(%s) = 'string'".formatted(csv())))
                                                .comment("the run has a CSV file")
                                                .next("PublishCsv" + word),
                                        ChoiceRule.when(Jsonata.of("$csvEtag != ''"))
                                                .comment("only the previous run had a CSV file")
                                                .next("RemoveCsv" + word))
                                .otherwise("DatasetOnly" + word))
                .state("PublishCsv" + word, publishCsv())
                .state("RemoveCsv" + word, removeCsv())
                .state("DatasetOnly" + word, Succeed.create()));
    }

    /**
     * Assigns {@code tableVersion}, {@code tableColumns}, {@code tableKeys}, {@code tableMetadata} and {@code csvEtag},
     * an empty text if there is no CSV.
     */
    private Parallel readViews(String word) {
        return Parallel.of(Branch.of("ReadTable" + word, readTable()), Branch.of("FindCsv" + word, findCsv()))
                .assign("tableVersion", Jsonata.of("$states.result[0].version"))
                .assign("tableColumns", Jsonata.of("[$states.result[0].columns]"))
                .assign("tableKeys", Jsonata.of("[$states.result[0].keys]"))
                .assign("tableMetadata", Jsonata.of("$states.result[0].metadata"))
                .assign("csvEtag", Jsonata.of("$states.result[1].etag"));
    }

    /** The catalog's table. */
    static Task getTable(ResourceNames resources) {
        return Task.awsSdk("glue", "getTable", onTable(resources, "glue:GetTable"))
                .argument("DatabaseName", resources.database())
                .argument("Name", resources.table())
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(glueRetry());
    }

    private Task readTable() {
        return getTable(resources)
                .output(Jsonata.of("{'version': $states.result.Table.VersionId,"
                        + " 'columns': [$append($states.result.Table.StorageDescriptor.Columns,"
                        + " $states.result.Table.PartitionKeys).{'Name': Name, 'Type': Type, 'Comment': Comment}],"
                        + " 'keys': [$states.result.Table.PartitionKeys.Name],"
                        + " 'metadata': " + METADATA + "}"))
                .end();
    }

    /** Lists instead of reading, so that a missing object is not an error. */
    private Task findCsv() {
        return Task.awsSdk(
                        "s3", "listObjectsV2", Statement.allow("s3:ListBucket").on(resources.bucketArn()))
                .argument("Bucket", resources.dataBucket())
                .argument("Prefix", resources.paths().outputCsv())
                .argument("MaxKeys", 1)
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .output(Jsonata.of(
                        "( $found := $states.result.Contents[Key = %s].ETag; {'etag': $exists($found) ? $found : ''} )"
                                .formatted(Jsonata.quote(resources.paths().outputCsv()))))
                .retry(Retries.of(Retries.S3_TRANSIENT))
                .end();
    }

    private Task pointTable() {
        var nothing = "s3://%s/%srun_id=none/"
                .formatted(resources.dataBucket(), resources.paths().dataset());
        var columns = "[$exists(%1$s.columns) ? %1$s.columns : $tableColumns]".formatted(value());
        var keys = "[$exists(%1$s.columns) ? %1$s.partitioning.keys : $tableKeys]".formatted(value());
        var location = "$exists(%1$s.dataset) ? %1$s.dataset : %2$s".formatted(value(), Jsonata.quote(nothing));
        var folder =
                "s3://%s/%s".formatted(resources.dataBucket(), resources.paths().table());
        var table = new PublishedTable(
                resources.table(),
                value() + ".metadata_location",
                Jsonata.quote(folder.replaceFirst("/$", "")),
                value() + ".partitioning.parameters");
        var description = Jsonata.of("$exists(%1$s.description) ? %1$s.description : ''".formatted(value()));
        return Task.awsSdk("glue", "updateTable", onTable(resources, "glue:UpdateTable"))
                .argument("DatabaseName", resources.database())
                .argument("TableInput", table.input(description, columns, keys, location))
                .argument("VersionId", Jsonata.of("%s ? 'redriven' : $tableVersion".formatted(IS_REDRIVEN)))
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(glueRetry());
    }

    private Task publishCsv() {
        var read = Statement.allow("s3:GetObject")
                .on(resources.objectsArn(resources.paths().dataset() + "*"));
        var compare = Statement.allow("s3:GetObject")
                .on(resources.objectsArn(resources.paths().outputCsv()));
        var source = ", 'CopySource': $substringAfter(%s, 's3://')".formatted(csv());
        return onCsv("copyObject", source, "s3:PutObject")
                .requires(read, compare)
                .timeoutSeconds(COPY_SECONDS);
    }

    private Task removeCsv() {
        return onCsv("deleteObject", "", "s3:DeleteObject").timeoutSeconds(ExecutionContext.API_CALL_SECONDS);
    }

    /** A call on output.csv that takes effect only if the object has not changed since it was read. */
    private Task onCsv(String action, String arguments, String permission) {
        var condition =
                "%s ? {'IfMatch': '\"redriven\"'} : $csvEtag = '' ? {'IfNoneMatch': '*'} : {'IfMatch': $csvEtag}"
                        .formatted(IS_REDRIVEN);
        return Task.awsSdk(
                        "s3",
                        action,
                        Statement.allow(permission)
                                .on(resources.objectsArn(resources.paths().outputCsv())))
                .arguments(Jsonata.of("$merge([{'Bucket': %s, 'Key': %s%s}, %s])"
                        .formatted(
                                Jsonata.quote(resources.dataBucket()),
                                Jsonata.quote(resources.paths().outputCsv()),
                                arguments,
                                condition)))
                // a call without a response may still take effect, and a retry would not show it: the restoration
                // handles this
                .retry(Retries.of(Retries.S3_ANSWERED))
                .end();
    }

    private static Retry glueRetry() {
        return Retries.of(dataprep.asl.Errors.GLUE_TRANSIENT);
    }

    private static Statement onTable(ResourceNames resources, String action) {
        return Statement.allow(action)
                .on(
                        resources.arn("glue", "catalog"),
                        resources.arn("glue", "database/" + resources.database()),
                        resources.arn("glue", "table/%s/%s".formatted(resources.database(), resources.table())));
    }

    private String csv() {
        return value() + ".output_csv_copied_from";
    }

    private String value() {
        return manifest.expression();
    }
}
