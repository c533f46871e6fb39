package dataprep.components;

import com.pulumi.aws.cloudwatch.LogGroup;
import com.pulumi.aws.cloudwatch.LogGroupArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.Statement;
import java.util.stream.Stream;

/** A component's log group, with the retention of the settings. */
final class Logs {
    private final LogGroup group;

    /**
     * @param fullName the log group's name, which shows in CloudWatch which service writes there
     */
    Logs(String name, String fullName, Foundation foundation, Resource parent) {
        var args = LogGroupArgs.builder()
                .name(fullName)
                .retentionInDays(foundation.settings().retention().logDays());
        foundation.encryption().keyArn().ifPresent(args::kmsKeyId);
        this.group = new LogGroup(
                name,
                args.build(),
                CustomResourceOptions.builder().parent(parent).build());
    }

    Output<String> groupName() {
        return group.name();
    }

    Output<String> groupArn() {
        return group.arn();
    }

    static Statement write(String... groupArns) {
        return Statement.allow("logs:CreateLogStream", "logs:PutLogEvents")
                .on(Stream.of(groupArns).map(arn -> arn + ":log-stream:*").toArray(String[]::new));
    }
}
