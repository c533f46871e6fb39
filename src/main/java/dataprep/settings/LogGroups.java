package dataprep.settings;

import java.util.List;

/**
 * The log groups of a stack; CloudWatch groups names by their paths.
 *
 * @param stack the project's and the stack's name
 */
public record LogGroups(String stack) {

    public String workflow() {
        return group("/aws/vendedlogs/states", "workflow");
    }

    public String function() {
        return group("/aws/lambda", "extraction");
    }

    /**
     * What the names of the job's two log groups begin with.
     *
     * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html">Logs of Glue 5.0 and
     *     later</a>
     */
    public String jobPrefix() {
        return group("/aws-glue/jobs", "transformation");
    }

    /** What the job's script prints. */
    public String jobOutput() {
        return jobPrefix() + "/output";
    }

    /** What Spark and Glue themselves log of a job run, its exceptions among it. */
    public String jobErrors() {
        return jobPrefix() + "/error";
    }

    /** What their names, and no other stack's, have in common, with * for any text. */
    public String pattern() {
        return group("*", "*");
    }

    List<String> all() {
        return List.of(workflow(), function(), jobOutput(), jobErrors());
    }

    private String group(String service, String part) {
        return "%s/%s/%s".formatted(service, stack, part);
    }
}
