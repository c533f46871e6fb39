package dataprep.failures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.IamClient;

/** The policy of a deployed role, from which tests remove permissions temporarily. */
public record RolePolicy(IamClient iam, String role, String arn, JsonNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEPLOYED = "v1";

    /** One action of one statement. */
    public record Permission(String role, int statement, String action, List<String> resources) {}

    /**
     * The only policy of a role.
     *
     * @param role the prefix of the role's name
     */
    public static RolePolicy of(IamClient iam, String role) throws IOException {
        var attached = attached(iam, role);
        if (attached.size() != 1) {
            throw new IllegalStateException(role + " has other policies than its own: " + attached);
        }
        return attached.get(0);
    }

    /** The policy of a role, perhaps among others, that allows an action. */
    public static RolePolicy granting(IamClient iam, String role, String action) throws IOException {
        return attached(iam, role).stream()
                .filter(policy -> policy.permissions().stream()
                        .anyMatch(permission -> permission.action().equals(action)))
                .findFirst()
                .orElseThrow();
    }

    private static List<RolePolicy> attached(IamClient iam, String role) throws IOException {
        var name = iam.listRolesPaginator().roles().stream()
                .map(found -> found.roleName())
                .filter(found -> found.startsWith(role))
                .findFirst()
                .orElseThrow();
        var policies = new ArrayList<RolePolicy>();
        for (var attached :
                iam.listAttachedRolePolicies(request -> request.roleName(name)).attachedPolicies()) {
            var arn = attached.policyArn();
            var encoded = iam.getPolicyVersion(request -> request.policyArn(arn).versionId(DEPLOYED))
                    .policyVersion()
                    .document();
            policies.add(
                    new RolePolicy(iam, role, arn, JSON.readTree(URLDecoder.decode(encoded, StandardCharsets.UTF_8))));
        }
        return policies;
    }

    public List<Permission> permissions() {
        var permissions = new ArrayList<Permission>();
        for (int i = 0; i < document.path("Statement").size(); i++) {
            var statement = document.path("Statement").path(i);
            for (var action : statement.path("Action")) {
                var resources = new ArrayList<String>();
                statement.path("Resource").forEach(resource -> resources.add(resource.asText()));
                permissions.add(new Permission(role, i, action.asText(), resources));
            }
        }
        return permissions;
    }

    /** Runs an action while the role lacks some of its permissions. */
    public <T> T without(Predicate<Permission> taken, Callable<T> work) throws Exception {
        var version = iam.createPolicyVersion(request ->
                request.policyArn(arn).policyDocument(left(taken).toString()).setAsDefault(true));
        try {
            return work.call();
        } finally {
            iam.setDefaultPolicyVersion(request -> request.policyArn(arn).versionId(DEPLOYED));
            iam.deletePolicyVersion(request ->
                    request.policyArn(arn).versionId(version.policyVersion().versionId()));
        }
    }

    private JsonNode left(Predicate<Permission> taken) {
        JsonNode copy = document.deepCopy();
        var statements = (ArrayNode) copy.path("Statement");
        for (var permission : permissions()) {
            if (taken.test(permission)) {
                var actions = (ArrayNode) statements.get(permission.statement()).path("Action");
                for (int i = actions.size() - 1; i >= 0; i--) {
                    if (actions.get(i).asText().equals(permission.action())) {
                        actions.remove(i);
                    }
                }
            }
        }
        for (int i = statements.size() - 1; i >= 0; i--) {
            if (statements.get(i).path("Action").isEmpty()) {
                statements.remove(i);
            }
        }
        if (statements.isEmpty()) {
            // a policy must have a statement; every caller may call this
            statements
                    .addObject()
                    .put("Effect", "Allow")
                    .put("Action", "sts:GetCallerIdentity")
                    .put("Resource", "*");
        }
        return copy;
    }
}
