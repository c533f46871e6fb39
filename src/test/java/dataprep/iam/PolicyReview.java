package dataprep.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares a policy with AWS's own list of actions, resource types and condition keys. */
public final class PolicyReview {
    private static final String ANYTHING = "*";

    /**
     * The global condition keys, which the list lacks.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Keys</a>
     */
    private static final Set<String> GLOBAL_KEYS =
            Set.of("aws:PrincipalArn", "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn");

    private final ServiceAuthorization authorization;

    public PolicyReview() throws IOException {
        this.authorization = ServiceAuthorization.read();
    }

    /** The problems of the statements of a policy document. */
    public List<String> findings(JsonNode document) {
        var findings = new ArrayList<String>();
        for (var statement : document.path("Statement")) {
            review(statement, findings);
        }
        return findings;
    }

    private void review(JsonNode statement, List<String> findings) {
        var resources = texts(statement.path("Resource"));
        for (var name : texts(statement.path("Action"))) {
            var actions = authorization.actions(name);
            if (actions.isEmpty()) {
                findings.add("%s: no such action".formatted(name));
                continue;
            }
            reviewResources(name, actions, resources, findings);
            if (!name.contains(ANYTHING)) {
                reviewConditionKeys(actions.get(0), statement.path("Condition"), findings);
            }
        }
        reviewUnused(statement, resources, findings);
    }

    /**
     * An action with resource types needs a resource of one of them; any other needs {@code *}. A trust policy has no
     * resource.
     */
    private static void reviewResources(
            String name, List<ServiceAuthorization.Action> actions, List<String> resources, List<String> findings) {
        var onNone = actions.stream().allMatch(action -> action.resourceArns().isEmpty());
        if (onNone && !resources.isEmpty() && !resources.contains(ANYTHING)) {
            findings.add("%s: acts on no resource, but is on %s".formatted(name, resources));
        }
        if (!onNone && !resources.isEmpty() && resources.stream().noneMatch(arn -> isOn(actions, arn))) {
            findings.add("%s: none of its resource types is in %s".formatted(name, resources));
        }
    }

    private static void reviewConditionKeys(
            ServiceAuthorization.Action action, JsonNode conditions, List<String> findings) {
        for (var operator : conditions) {
            operator.fieldNames().forEachRemaining(key -> {
                if (!GLOBAL_KEYS.contains(key) && !action.knowsConditionKey(key)) {
                    findings.add("%s: no condition key %s".formatted(action.name(), key));
                }
            });
        }
    }

    private void reviewUnused(JsonNode statement, List<String> resources, List<String> findings) {
        var actions = texts(statement.path("Action")).stream()
                .flatMap(name -> authorization.actions(name).stream())
                .toList();
        for (var arn : resources) {
            if (!arn.equals(ANYTHING) && !isOn(actions, arn)) {
                findings.add("%s: no action of the statement acts on it".formatted(arn));
            }
        }
    }

    private static boolean isOn(List<ServiceAuthorization.Action> actions, String arn) {
        return !arn.equals(ANYTHING)
                && actions.stream()
                        .flatMap(action -> action.resourceArns().stream())
                        .anyMatch(form -> ArnForm.of(form).overlaps(arn));
    }

    private static List<String> texts(JsonNode value) {
        return value.isTextual()
                ? List.of(value.asText())
                : value.valueStream().map(JsonNode::asText).toList();
    }
}
