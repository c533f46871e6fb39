package dataprep.components;

import com.pulumi.aws.secretsmanager.Secret;
import com.pulumi.aws.secretsmanager.SecretArgs;
import com.pulumi.aws.secretsmanager.SecretVersion;
import com.pulumi.aws.secretsmanager.SecretVersionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;

/** A secret in Secrets Manager whose value is in the stack's settings. */
final class StackSecret {
    private final SecretVersion version;

    /**
     * @param args of the secret, without its key
     * @param value of the secret, which the stack's state encrypts
     */
    StackSecret(String name, SecretArgs.Builder args, String value, Foundation foundation, Resource parent) {
        var child = CustomResourceOptions.builder().parent(parent).build();
        foundation.encryption().keyArn().ifPresent(args::kmsKeyId);
        var secret = new Secret(name, args.build(), child);
        this.version = new SecretVersion(
                name + "Version",
                SecretVersionArgs.builder()
                        .secretId(secret.id())
                        .secretString(Output.ofSecret(value))
                        .build(),
                child);
    }

    /** The secret's ARN, resolved once the secret has its value. */
    Output<String> arn() {
        return version.arn();
    }
}
