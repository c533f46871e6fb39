package dataprep.components;

import com.pulumi.aws.iam.Policy;
import com.pulumi.aws.iam.PolicyArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicyAttachment;
import com.pulumi.aws.iam.RolePolicyAttachmentArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import java.util.List;
import java.util.Map;

/** A role that one AWS service may assume, with one customer-managed policy that says what it may do. */
final class ServiceRole extends ComponentResource {
    private final Output<String> arn;

    /** @param name of the role, and with a suffix of its policy and the attachment */
    ServiceRole(String name, Output<PolicyDocument> trust, Output<List<Statement>> statements, Resource parent) {
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
        var policy = new Policy(
                name + "Policy",
                PolicyArgs.builder()
                        .policy(statements.applyValue(s -> PolicyDocument.of(s).toJson()))
                        .build(),
                child);
        var attachment = new RolePolicyAttachment(
                name + "PolicyAttachment",
                RolePolicyAttachmentArgs.builder()
                        .role(role.name())
                        .policyArn(policy.arn())
                        .build(),
                child);
        this.arn = Output.tuple(role.arn(), attachment.id()).applyValue(t -> t.t1);
        registerOutputs(Map.of("arn", arn));
    }

    /** Known once the policy is attached: whoever is given the role holds its permissions from the first moment. */
    Output<String> arn() {
        return arn;
    }
}
