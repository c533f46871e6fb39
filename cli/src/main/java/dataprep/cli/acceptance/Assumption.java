package dataprep.cli.acceptance;

/**
 * What this project assumes of AWS and found no recorded answer for; `accept` checks each one on an account.
 *
 * <p>docs/aws-assumptions.md is made from these.
 */
public enum Assumption {
    NO_DIFFERENCE(
            "The provider reads back each property as the program writes it",
            "every later `pulumi preview`",
            "no change in a preview after the deployment"),
    NOTHING_TO_DO(
            "S3 keeps the ETag of an object that nobody wrote",
            "`NewData`: a run without a change publishes nothing",
            "the second run ends in NothingToDo"),
    CHANGED_SOURCE(
            "An object that is written again has another ETag and is listed at once",
            "`NewData`: a run after a change publishes",
            "the run after the change is the published one"),
    COMMITTER(
            "The permissions of the job's role suffice for the S3A committer",
            "the job's role has no permission for multipart listings",
            "the data set of a run, no temporary object beside it"),
    PUT_IF_MATCH(
            "aws-sdk:s3:putObject knows IfMatch, and S3 refuses another version",
            "the claim, the commit and the return of the manifest",
            "S3.S3Exception caught, status 412"),
    PUT_IF_NONE_MATCH(
            "aws-sdk:s3:putObject knows IfNoneMatch, and S3 refuses an object that exists",
            "the first claim",
            "S3.S3Exception caught, status 412"),
    COPY_IF_MATCH(
            "aws-sdk:s3:copyObject knows IfMatch of its destination",
            "output.csv is replaced only as it was read",
            "S3.S3Exception caught, status 412"),
    COPY_IF_NONE_MATCH(
            "aws-sdk:s3:copyObject knows IfNoneMatch of its destination",
            "output.csv is created only where there is none",
            "S3.S3Exception caught, status 412"),
    DELETE_IF_MATCH(
            "aws-sdk:s3:deleteObject knows IfMatch in a general purpose bucket",
            "output.csv is removed only as it was read",
            "S3.S3Exception caught, status 412"),
    UPDATE_TABLE_VERSION(
            "aws-sdk:glue:updateTable knows VersionId, and Glue refuses an outdated one",
            "the table is changed only as it was read",
            "an error of Glue caught"),
    LARGE_RESULT(
            "A task's result over 256 KiB is States.DataLimitExceeded; a Catch of States.ALL does not catch it by the"
                    + " documentation, and caught it when it was recorded (2024-03-21)",
            "nothing: all payloads stay below",
            "States.DataLimitExceeded, caught or not"),
    FAILURE_MESSAGE(
            "A failed run publishes one message to the failure topic",
            "whoever operates the pipeline",
            "FAILED, one message with the run's id"),
    ABORTED_MESSAGE(
            "EventBridge sends the event of an aborted execution that the alias started, with the unqualified ARN",
            "the rule for failures that a run cannot announce",
            "one message with the run's id"),
    TIMED_OUT_EVENT(
            "EventBridge sends the event of an execution that timed out",
            "the rule for failures that a run cannot announce",
            "an event with the status TIMED_OUT"),
    FAILED_EVENT(
            "The event of a failed execution has its error",
            "the rule for failures that a run cannot announce tells them by it from those that a run has announced",
            "an event with the error States.QueryEvaluationError"),
    ROLLBACK(
            "A run that is kept can be published again from the versions of its objects",
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
            "one for the job run that was made to fail",
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
     * Whether the local AWS cannot show it: it has neither metrics of services nor alarms that go off, and does not
     * answer the protocol of CloudWatch's Java client (CBOR).
     */
    public boolean isOnAwsOnly() {
        return onAwsOnly;
    }

    /** All of them, as a table in Markdown. */
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
