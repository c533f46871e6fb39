package dataprep.components;

import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import java.util.ArrayList;
import java.util.List;

/** The topic policy statements for AWS services: each may publish for this account and the stack's resources only. */
final class TopicPublishers {
    static final String PUBLISH = "sns:Publish";

    private TopicPublishers() {}

    /** The statements for alarms and budget, as far as the settings enable them. */
    static List<Statement> watchers(PipelineSettings settings, AwsTarget target, String... actions) {
        var statements = new ArrayList<>(alarms(settings, target, actions));
        if (settings.operations().budget()) {
            statements.add(budgets(target, actions));
        }
        return statements;
    }

    /** The statement for alarms, if the settings enable them. */
    static List<Statement> alarms(PipelineSettings settings, AwsTarget target, String... actions) {
        return settings.operations().alarms() ? List.of(alarms(settings.name(), target, actions)) : List.of();
    }

    /** The policy of a topic that allows these publishers and denies access without TLS. */
    static PolicyDocument topicPolicy(String topicArn, List<Statement> publishers) {
        var statements = new ArrayList<>(publishers);
        statements.add(Statement.deny(PUBLISH).byAnyone().when("Bool", "aws:SecureTransport", "false"));
        return PolicyDocument.of(
                statements.stream().map(statement -> statement.on(topicArn)).toList());
    }

    /**
     * Allows CloudWatch to publish when an alarm of the stack changes state.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html">
     *     Alarms and their topics</a>
     */
    private static Statement alarms(String stack, AwsTarget target, String... actions) {
        return Statement.allow(actions)
                .byService("cloudwatch.amazonaws.com")
                .when("StringEquals", "aws:SourceAccount", target.account())
                .when("ArnLike", "aws:SourceArn", target.arn("cloudwatch", "alarm:" + Alarms.name(stack, "*")));
    }

    /**
     * Allows AWS Budgets to publish when a budget of the account is exceeded.
     *
     * @see <a href="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html">Budgets and
     *     their topics</a>
     */
    private static Statement budgets(AwsTarget target, String... actions) {
        return Statement.allow(actions)
                .byService("budgets.amazonaws.com")
                .when("StringEquals", "aws:SourceAccount", target.account())
                .when(
                        "ArnLike",
                        "aws:SourceArn",
                        "arn:%s:budgets::%s:*".formatted(target.partition(), target.account()));
    }

    /**
     * Allows EventBridge to publish. Its requests have no source ARN or account, so a condition on these would deny
     * them.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html">Topics and their keys</a>
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html">Policies of
     *     targets</a>
     */
    static Statement events(String... actions) {
        return Statement.allow(actions).byService("events.amazonaws.com");
    }
}
