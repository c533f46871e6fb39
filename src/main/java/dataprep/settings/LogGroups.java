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

    public String job() {
        return group("/aws-glue/jobs", "transformation");
    }

    /** What their names, and no other stack's, have in common, with * for any text. */
    public String pattern() {
        return group("*", "*");
    }

    List<String> all() {
        return List.of(workflow(), function(), job());
    }

    private String group(String service, String part) {
        return "%s/%s/%s".formatted(service, stack, part);
    }
}
