package dataprep.components;

import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import java.util.ArrayList;
import java.util.List;

/** The permissions with which the job reads databases and stores their rows with the other copies of sources. */
final class DatabasePermissions {
    private DatabasePermissions() {}

    /** No statement if no source is in a database. */
    static List<Statement> of(PipelineSettings settings, AwsTarget target, String dataBucket) {
        var statements = new ArrayList<Statement>();
        if (settings.databaseSources().isEmpty()) {
            return statements;
        }
        var raw = target.s3Arn(dataBucket + "/" + settings.pathsOfAllDatasets().raw() + "*");
        statements.add(Statement.allow("s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
                .on(raw));
        if (settings.hasSensitiveSources()) {
            statements.add(Statement.allow("s3:PutObjectTagging").on(raw));
        }
        statements.addAll(SecretsOfSources.read(settings.databaseSources(), settings, target));
        if (settings.databaseNetwork().isPresent()) {
            statements.addAll(network(target));
        }
        return statements;
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html">The
     *     network permissions of AWSGlueServiceRole</a>
     */
    private static List<Statement> network(AwsTarget target) {
        return List.of(
                Statement.allow("glue:GetConnection")
                        .on(target.arn("glue", "catalog"), target.arn("glue", "connection/databaseNetwork-*")),
                Statement.allow(
                                "ec2:CreateNetworkInterface",
                                "ec2:DeleteNetworkInterface",
                                "ec2:DescribeNetworkInterfaces",
                                "ec2:DescribeRouteTables",
                                "ec2:DescribeSecurityGroups",
                                "ec2:DescribeSubnets",
                                "ec2:DescribeVpcAttribute",
                                "ec2:DescribeVpcEndpoints")
                        .on("*"),
                Statement.allow("ec2:CreateTags", "ec2:DeleteTags")
                        .on(
                                target.arn("ec2", "network-interface/*"),
                                target.arn("ec2", "security-group/*"),
                                target.arn("ec2", "instance/*"))
                        .when("ForAllValues:StringEquals", "aws:TagKeys", "aws-glue-service-resource"));
    }
}
