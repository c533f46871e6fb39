package dataprep.settings;

import java.util.List;

/**
 * The log groups of a stack; CloudWatch groups names by path.
 *
 * @param stack the project's and the stack's name
 */
public record LogGroups(String stack) {

    /**
     * The log group of a data set's state machine.
     *
     * @param qualifier of the data set; empty for the stack's only one
     */
    public String workflow(String qualifier) {
        return group("/aws/vendedlogs/states", qualifier + "workflow");
    }

    public String function() {
        return group("/aws/lambda", "extraction");
    }

    public String lineage() {
        return group("/aws/lambda", "lineage");
    }

    /**
     * The prefix of the job's two log groups.
     *
     * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html">Logs of Glue 5.0 and
     *     later</a>
     */
    public String jobPrefix() {
        return group("/aws-glue/jobs", "transformation");
    }

    /** The log group of the job script's output. */
    public String jobOutput() {
        return jobPrefix() + "/output";
    }

    /** The log group of Spark and Glue, with the exceptions of job runs. */
    public String jobErrors() {
        return jobPrefix() + "/error";
    }

    /** The pattern that matches only this stack's log groups, with * for any text. */
    public String pattern() {
        return group("*", "*");
    }

    /** The log groups to which the runs of a data set write. */
    List<String> of(DatasetSettings dataset) {
        return List.of(workflow(dataset.place().qualifier()), function(), jobOutput(), jobErrors());
    }

    private String group(String service, String part) {
        return "%s/%s/%s".formatted(service, stack, part);
    }
}
