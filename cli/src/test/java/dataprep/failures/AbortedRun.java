package dataprep.failures;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.glue.model.JobRun;

/** A run that is aborted while its job runs. */
record AbortedRun(LocalPipeline pipeline) {
    private static final long LOOK_AGAIN_MILLIS = 20;

    /** Aborts a run while its job runs; returns the final state of the job run. */
    String stateOfItsJobRun() throws Exception {
        pipeline.useScript("import time; time.sleep(60)");
        try {
            var job = pipeline.output("transformation_job");
            var earlier = jobRuns(job);
            var execution = pipeline.start();
            while (jobRuns(job).size() == earlier.size()) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            pipeline.aws.stepFunctions.stopExecution(request -> request.executionArn(execution));
            pipeline.end(execution);
            var run = jobRuns(job).stream()
                    .filter(found -> !earlier.contains(found))
                    .findFirst()
                    .orElseThrow();
            var deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            var state = "";
            while (!state.equals("STOPPED") && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
                state = pipeline.aws
                        .glue
                        .getJobRun(request -> request.jobName(job).runId(run))
                        .jobRun()
                        .jobRunStateAsString();
            }
            pipeline.aws.glue.batchStopJobRun(request -> request.jobName(job).jobRunIds(run));
            return state;
        } finally {
            pipeline.useReplay();
        }
    }

    private List<String> jobRuns(String job) {
        return pipeline.aws.glue.getJobRunsPaginator(request -> request.jobName(job)).jobRuns().stream()
                .map(JobRun::id)
                .toList();
    }
}
