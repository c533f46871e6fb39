package dataprep.cli.acceptance;

/**
 * The assumptions of this project about AWS without recorded evidence; `accept` checks each one on an account.
 *
 * <p>docs/aws-assumptions.md is generated from these.
 */
public enum Assumption {
    NO_DIFFERENCE(
            "The provider reads back each property as the program writes it",
            "every later `pulumi preview`",
            "no change in a preview after the deployment"),
    NOTHING_TO_DO(
            "S3 keeps the ETag of an object that was not written",
            "`NewData`: a run without a change publishes nothing",
            "the second run ends in NothingToDo"),
    CHANGED_SOURCE(
            "An object that is written again has another ETag and is immediately in listings",
            "`NewData`: a run after a change publishes",
            "the run after the change is the published one"),
    COMMITTER(
            "The permissions of the job's role suffice for the S3A committer",
            "the job's role has no permission for multipart listings",
            "the data set of a run, no temporary object beside it"),
    PUT_IF_MATCH(
            "aws-sdk:s3:putObject supports IfMatch, and S3 rejects another version",
            "the claim, the commit and the restoration of the manifest",
            "S3.S3Exception caught, status 412"),
    PUT_IF_NONE_MATCH(
            "aws-sdk:s3:putObject supports IfNoneMatch, and S3 rejects an existing object",
            "the first claim",
            "S3.S3Exception caught, status 412"),
    COPY_IF_MATCH(
            "aws-sdk:s3:copyObject supports IfMatch for its destination",
            "output.csv is replaced only if it has not changed",
            "S3.S3Exception caught, status 412"),
    COPY_IF_NONE_MATCH(
            "aws-sdk:s3:copyObject supports IfNoneMatch for its destination",
            "output.csv is created only if it does not exist",
            "S3.S3Exception caught, status 412"),
    DELETE_IF_MATCH(
            "aws-sdk:s3:deleteObject supports IfMatch in a general purpose bucket",
            "output.csv is deleted only if it has not changed",
            "S3.S3Exception caught, status 412"),
    UPDATE_TABLE_VERSION(
            "aws-sdk:glue:updateTable supports VersionId, and Glue rejects an outdated one",
            "the table is updated only if it has not changed",
            "a Glue error caught"),
    LARGE_RESULT(
            "A task's result over 256 KiB is States.DataLimitExceeded; a Catch of States.ALL does not catch it by the"
                    + " documentation, and caught it when it was recorded (2024-03-21)",
            "nothing: all payloads are smaller",
            "States.DataLimitExceeded, caught or not"),
    FAILURE_MESSAGE(
            "A failed run publishes one message to the failure topic",
            "the operators of the pipeline",
            "FAILED, one message with the run's id"),
    ABORTED_MESSAGE(
            "EventBridge sends the event of an aborted execution that the alias started, with the unqualified ARN",
            "the rule for failures that a run cannot report",
            "one message with the run's id"),
    TIMED_OUT_EVENT(
            "EventBridge sends the event of an execution that timed out",
            "the rule for failures that a run cannot report",
            "an event with the status TIMED_OUT"),
    FAILED_EVENT(
            "The event of a failed execution has its error",
            "the rule for unreported failures uses it to exclude failures that a run has reported",
            "an event with the error States.QueryEvaluationError"),
    ROLLBACK(
            "A retained run can be published again from the versions of its objects",
            "`make rollback`",
            "the first run is the published one"),
    FUNCTION_LOGS(
            "Lambda writes to the log group of the function's logging configuration",
            "`make logs`, retention, encryption",
            "lines of the run"),
    JOB_LOGS(
            "Glue 5 and later write to the log groups of --custom-logGroup-prefix",
            "`make logs`, retention, encryption",
            "lines in output and in error"),
    WORKFLOW_LOGS(
            "Step Functions writes the events of a run to the vended log group",
            "the dashboard",
            "events of the run",
            true),
    EXECUTION_METRICS(
            "AWS/States counts executions that the alias started under the unqualified ARN",
            "the alarms runsFailed, runsTimedOut and dataStale",
            "ExecutionsSucceeded and ExecutionsFailed of these runs",
            true),
    ROW_METRICS(
            "A run's rows are found under the namespace and the dimension that the workflow writes",
            "the alarms rowsRejected and rowsRejectedUnusually",
            "RowsIn of these runs",
            true),
    TRIGGERED_RULES(
            "AWS/Events counts TriggeredRules of a rule without a target",
            "the alarm transformFailed",
            "one for the failed job run",
            true),
    FAILURE_ALARM("An alarm goes off within minutes of a failed run", "`alarmEmail`", "runsFailed is in ALARM", true);

    private final String statement;
    private final String usedBy;
    private final String expected;
    private final boolean onAwsOnly;

    Assumption(String statement, String usedBy, String expected) {
        this(statement, usedBy, expected, false);
    }

    Assumption(String statement, String usedBy, String expected, boolean onAwsOnly) {
        this.statement = statement;
        this.usedBy = usedBy;
        this.expected = expected;
        this.onAwsOnly = onAwsOnly;
    }

    String statement() {
        return statement;
    }

    String expected() {
        return expected;
    }

    /**
     * Whether the local AWS cannot check it: it has no service metrics and no alarm evaluation, and does not support
     * CBOR, the protocol of CloudWatch's Java client.
     */
    public boolean isOnAwsOnly() {
        return onAwsOnly;
    }

    /** All assumptions as a Markdown table. */
    public static String table() {
        var table = new StringBuilder("| check | assumption | what depends on it | expected |\n|---|---|---|---|\n");
        for (var assumption : values()) {
            table.append("| %s%s | %s | %s | %s |\n"
                    .formatted(
                            assumption.name(),
                            assumption.onAwsOnly ? " *" : "",
                            assumption.statement,
                            assumption.usedBy,
                            assumption.expected));
        }
        return table.toString();
    }
}
