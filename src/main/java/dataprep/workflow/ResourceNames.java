package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.lake.LakePaths;

/**
 * The resolved names of the resources that the workflow uses.
 *
 * @param paths of the data set in the data bucket
 */
public record ResourceNames(
        String partition,
        String region,
        String account,
        String stateMachine,
        String dataBucket,
        LakePaths paths,
        String extractFunctionArn,
        String transformJob,
        String recipeUri,
        String database,
        String table,
        String failureTopicArn) {
    /** The name of the alias that starts runs. */
    public static final String LIVE = "live";

    /** Placeholder names of the right form, to check a definition before the deployment. */
    public static ResourceNames placeholders() {
        return new ResourceNames(
                "aws",
                "us-east-1",
                "123456789012",
                "state-machine",
                "data-bucket",
                LakePaths.ROOT,
                "arn:aws:lambda:us-east-1:123456789012:function:extract",
                "transform",
                "s3://scripts-bucket/scripts/recipe.json",
                "database",
                "table",
                "arn:aws:sns:us-east-1:123456789012:failures");
    }

    String liveAliasArn() {
        return arn("states", "stateMachine:%s:%s".formatted(stateMachine, LIVE));
    }

    /** The prefix of the copies of the sources; a run that restarts has another one. */
    Jsonata extraction() {
        return Jsonata.text(
                paths.raw() + "run_id=", ExecutionContext.ID, "/extraction=", Jsonata.of("$extraction"), "/");
    }

    /** The key of a report file that the run's job run wrote. */
    Jsonata report(String file) {
        return Jsonata.text(
                paths.reports() + "run_id=", ExecutionContext.ID, "/job_run=", Jsonata.of("$jobRun"), "/" + file);
    }

    String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, account, resource);
    }

    /** The ARN of the data bucket's objects under a key that may end in an asterisk. */
    String objectsArn(String key) {
        return "%s/%s".formatted(bucketArn(), key);
    }

    String bucketArn() {
        return "arn:%s:s3:::%s".formatted(partition, dataBucket);
    }
}
