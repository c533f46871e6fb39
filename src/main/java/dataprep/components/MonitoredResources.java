package dataprep.components;

/**
 * The resolved names of what is watched, by which its metrics are told from others.
 *
 * @param stack the dimension of the metrics that runs write
 * @param failedJobsRule the EventBridge rule that matches a failed run of the Glue job
 * @param deadLetterQueue of automatic starts; empty if none is automatic
 */
record MonitoredResources(
        String stack,
        String region,
        String stateMachineArn,
        String function,
        String failedJobsRule,
        String workflowLogGroup,
        String deadLetterQueue) {}
