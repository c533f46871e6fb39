package dataprep.components;

/**
 * The resolved names of the monitored resources, which are the dimensions of their metrics.
 *
 * @param pipeline the data set's pipeline, the dimension of the metrics that runs write
 * @param failedJobsRule the EventBridge rule that matches a failed run of the Glue job
 * @param deadLetterQueue of automatic starts; empty if there are none
 */
record MonitoredResources(
        String pipeline,
        String region,
        String stateMachineArn,
        String function,
        String failedJobsRule,
        String workflowLogGroup,
        String deadLetterQueue) {}
