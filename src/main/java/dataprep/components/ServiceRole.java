package dataprep.components;

import com.pulumi.aws.iam.Policy;
import com.pulumi.aws.iam.PolicyArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicyAttachment;
import com.pulumi.aws.iam.RolePolicyAttachmentArgs;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A role that one AWS service may assume, with customer-managed policies. */
final class ServiceRole extends ComponentResource {
    private final Output<String> arn;

    /**
     * @param name of the role; with a suffix also of its policies and attachments
     */
    ServiceRole(String name, Output<PolicyDocument> trust, Output<List<Statement>> statements, Resource parent) {
        this(name, trust, List.of(statements), parent);
    }

    /**
     * @param policies the statements of each policy
     */
    ServiceRole(String name, Output<PolicyDocument> trust, List<Output<List<Statement>>> policies, Resource parent) {
        super(
                "dataprep:iam:ServiceRole",
                name,
                ComponentResourceOptions.builder().parent(parent).build());
        var child = CustomResourceOptions.builder().parent(this).build();
        var role = new Role(
                name,
                RoleArgs.builder()
                        .assumeRolePolicy(trust.applyValue(PolicyDocument::toJson))
                        .build(),
                child);
        var attachments = new ArrayList<Output<String>>();
        for (int i = 0; i < policies.size(); i++) {
            attachments.add(attached(name + "Policy" + (i == 0 ? "" : i + 1), policies.get(i), role, child));
        }
        this.arn = Output.tuple(role.arn(), Output.all(attachments)).applyValue(t -> t.t1);
        registerOutputs(Map.of("arn", arn));
    }

    private static Output<String> attached(
            String name, Output<List<Statement>> statements, Role role, CustomResourceOptions options) {
        var policy = new Policy(
                name,
                PolicyArgs.builder()
                        .policy(statements.applyValue(s -> document(name, s)))
                        .build(),
                options);
        return new RolePolicyAttachment(
                        name + "Attachment",
                        RolePolicyAttachmentArgs.builder()
                                .role(role.name())
                                .policyArn(policy.arn())
                                .build(),
                        options)
                .id();
    }

    /**
     * @throws RunException if a policy exceeds IAM's size limit
     */
    static String document(String name, List<Statement> statements) {
        var json = PolicyDocument.of(statements).toJson();
        if (json.length() > PolicyDocument.MANAGED_POLICY_CHARACTERS) {
            throw new RunException(
                    "%s: invalid size %,d characters; must be at most %,d, IAM's limit for a managed policy"
                            .formatted(name, json.length(), PolicyDocument.MANAGED_POLICY_CHARACTERS));
        }
        return json;
    }

    /** Resolved once the policies are attached, so that a resource with the role has its permissions from the start. */
    Output<String> arn() {
        return arn;
    }
}
