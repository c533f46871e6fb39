package dataprep.components;

import com.pulumi.aws.secretsmanager.Secret;
import com.pulumi.aws.secretsmanager.SecretArgs;
import com.pulumi.aws.secretsmanager.SecretVersion;
import com.pulumi.aws.secretsmanager.SecretVersionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.Statement;
import dataprep.settings.HashKey;
import java.util.Optional;

/** The secret with the key of hash columns, which only the job reads. */
final class HashSecret {
    private final SecretVersion version;

    HashSecret(HashKey key, Optional<Output<String>> keyArn, Resource parent) {
        var child = CustomResourceOptions.builder().parent(parent).build();
        var args = SecretArgs.builder().description("The key with which the data preparation hashes sensitive columns");
        keyArn.ifPresent(args::kmsKeyId);
        var secret = new Secret("hashKey", args.build(), child);
        this.version = new SecretVersion(
                "hashKeyVersion",
                SecretVersionArgs.builder()
                        .secretId(secret.id())
                        .secretString(Output.ofSecret(key.value()))
                        .build(),
                child);
    }

    /** The secret's ARN, resolved once the secret has its value. */
    Output<String> arn() {
        return version.arn();
    }

    static Statement read(String arn) {
        return Statement.allow("secretsmanager:GetSecretValue").on(arn);
    }
}
