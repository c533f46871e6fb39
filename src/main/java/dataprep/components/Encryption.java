package dataprep.components;

import com.pulumi.core.Output;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The encryption of data, messages and logs: with a KMS key of the stack, or with AWS's own keys. */
public final class Encryption {
    private final Optional<Output<String>> keyArn;

    Encryption(PipelineSettings settings, Output<AwsTarget> target) {
        this.keyArn = settings.encryptWithKey()
                ? Optional.of(new EncryptionKey("encryptionKey", settings, target).arn())
                : Optional.empty();
    }

    /** The stack's KMS key; empty if AWS's own keys encrypt. */
    Optional<Output<String>> keyArn() {
        return keyArn;
    }

    /** Adds to a role's statements the KMS permissions that encrypted data require. */
    Output<List<Statement>> decrypting(Output<List<Statement>> statements) {
        return keyArn.map(arn -> Output.tuple(statements, arn)
                        .applyValue(t -> Stream.concat(t.t1.stream(), Stream.of(EncryptionKey.use(t.t2)))
                                .toList()))
                .orElse(statements);
    }
}
