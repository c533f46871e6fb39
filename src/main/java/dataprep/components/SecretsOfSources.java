package dataprep.components;

import com.pulumi.aws.secretsmanager.SecretArgs;
import com.pulumi.resources.Resource;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import dataprep.settings.Source;
import dataprep.settings.SourceAuth;
import dataprep.settings.SourceSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The secrets with the credentials of sources: those that the stack creates, and who may read them. */
final class SecretsOfSources {
    private SecretsOfSources() {}

    /** Creates the secrets whose values the settings have. */
    static void create(Foundation foundation, Resource parent) {
        var settings = foundation.settings();
        settings.sourceSecrets()
                .values()
                .forEach((name, value) -> new StackSecret(
                        "sourceSecret-" + name,
                        SecretArgs.builder()
                                .name(SourceSecrets.name(settings.name(), name))
                                .description("Credentials of a source of the data preparation")
                                // the settings keep the value, and a stack that is created again needs the name
                                .recoveryWindowInDays(0),
                        value,
                        foundation,
                        parent));
    }

    /** The sources whose secrets the function reads; the job reads those of databases. */
    static List<Source> ofFunction(List<Source> sources) {
        return sources.stream()
                .filter(source -> source.credentials().isPresent() && !source.isDatabase())
                .toList();
    }

    /** Allows reading exactly the secrets of these sources, and using their keys; no statement if there are none. */
    static List<Statement> read(List<Source> sources, PipelineSettings settings, AwsTarget target) {
        var secrets = new TreeSet<String>();
        var keys = new TreeSet<String>();
        sources.stream().map(Source::credentials).flatMap(Optional::stream).forEach(auth -> {
            secrets.add(arn(settings, target, auth));
            Optional.ofNullable(auth.kmsKey()).ifPresent(keys::add);
        });
        var statements = new ArrayList<Statement>();
        if (!secrets.isEmpty()) {
            statements.add(Statement.allow("secretsmanager:GetSecretValue").on(secrets.toArray(String[]::new)));
        }
        if (!keys.isEmpty()) {
            statements.add(Statement.allow("kms:Decrypt").on(keys.toArray(String[]::new)));
        }
        return statements;
    }

    /** Secrets Manager adds six characters to the name. */
    private static String arn(PipelineSettings settings, AwsTarget target, SourceAuth auth) {
        return auth.hasArn()
                ? auth.secret()
                : target.arn(
                        "secretsmanager",
                        "secret:%s-??????".formatted(settings.sourceSecrets().id(settings.name(), auth)));
    }
}
