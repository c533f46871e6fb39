package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Task;
import dataprep.iam.Statement;

/** Calls to Step Functions about the state machine's own executions. */
record ExecutionCalls(ResourceNames resources) {
    private static final int LISTED = 100;

    /** Lists the running executions, the newest first; the result has at most about 60 KiB. */
    Task listRunning() {
        var machine = resources.arn("states", "stateMachine:" + resources.stateMachine());
        return Task.awsSdk(
                        "sfn",
                        "listExecutions",
                        Statement.allow("states:ListExecutions").on(machine))
                .argument("StateMachineArn", machine)
                .argument("StatusFilter", "RUNNING")
                .argument("MaxResults", LISTED)
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS);
    }

    Task describe(Jsonata arn) {
        var executions = resources.arn("states", "execution:%s:*".formatted(resources.stateMachine()));
        return Task.awsSdk(
                        "sfn",
                        "describeExecution",
                        Statement.allow("states:DescribeExecution").on(executions))
                .argument("ExecutionArn", arn)
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(Retries.of(Retries.STEP_FUNCTIONS_TRANSIENT));
    }
}
