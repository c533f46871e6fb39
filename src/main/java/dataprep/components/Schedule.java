package dataprep.components;

import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.aws.cloudwatch.EventTarget;
import com.pulumi.aws.cloudwatch.EventTargetArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetDeadLetterConfigArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetRetryPolicyArgs;
import com.pulumi.aws.s3.BucketNotification;
import com.pulumi.aws.s3.BucketNotificationArgs;
import com.pulumi.aws.scheduler.ScheduleArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleFlexibleTimeWindowArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleTargetArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleTargetDeadLetterConfigArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleTargetRetryPolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import dataprep.settings.ScheduleExpression;
import dataprep.settings.Source;
import dataprep.settings.StartSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The automatic starts of runs: by a schedule, by new objects of the sources, or none. */
public final class Schedule extends ComponentResource {
    private static final String INPUT = "{\"force\":false}";
    private static final int ATTEMPTS = 10;
    /** The maximum age of a failed start; an older one goes to the dead-letter queue. */
    private static final int GIVE_UP_SECONDS = 3_600;

    private final Optional<DeadLetters> deadLetters;

    public Schedule(String name, PipelineSettings settings, DataLake lake, Release release, Output<AwsTarget> target) {
        super("dataprep:index:Schedule", name);
        var start = settings.start();
        this.deadLetters = start.timetable().isPresent() || start.onNewObjects()
                ? Optional.of(new DeadLetters("startDeadLetters", lake, this))
                : Optional.empty();
        start.timetable().ifPresent(times -> schedule(start, times, lake, release, target));
        var rules = start.onNewObjects() ? rules(settings.sources(), lake, release, target) : List.<EventRule>of();
        deadLetters.ifPresent(
                queue -> queue.admit(rules.stream().map(EventRule::arn).toList()));
        registerOutputs(Map.of());
    }

    /** The dead-letter queue of failed starts; empty if there are no automatic starts. */
    public Optional<Output<String>> deadLetterQueue() {
        return deadLetters.map(DeadLetters::queueName);
    }

    private void schedule(
            StartSettings start, ScheduleExpression times, DataLake lake, Release release, Output<AwsTarget> target) {
        var queueArn = deadLetters.orElseThrow().queueArn();
        var statements = Output.tuple(release.start(), queueArn).applyValue(t -> permissions(t.t1, t.t2));
        var role = role("scheduleRole", "scheduler.amazonaws.com", lake.decrypting(statements), target);
        var window = ScheduleFlexibleTimeWindowArgs.builder();
        new com.pulumi.aws.scheduler.Schedule(
                "schedule",
                ScheduleArgs.builder()
                        .description("Starts the data preparation")
                        .scheduleExpression(times.expression())
                        .scheduleExpressionTimezone(times.zone().getId())
                        .flexibleTimeWindow(
                                start.windowMinutes() == 0
                                        ? window.mode("OFF").build()
                                        : window.mode("FLEXIBLE")
                                                .maximumWindowInMinutes(start.windowMinutes())
                                                .build())
                        .target(ScheduleTargetArgs.builder()
                                .arn(release.aliasArn())
                                .roleArn(role.arn())
                                .input(INPUT)
                                .retryPolicy(ScheduleTargetRetryPolicyArgs.builder()
                                        .maximumRetryAttempts(ATTEMPTS)
                                        .maximumEventAgeInSeconds(GIVE_UP_SECONDS)
                                        .build())
                                .deadLetterConfig(ScheduleTargetDeadLetterConfigArgs.builder()
                                        .arn(queueArn)
                                        .build())
                                .build())
                        .build(),
                child());
    }

    private List<EventRule> rules(List<Source> sources, DataLake lake, Release release, Output<AwsTarget> target) {
        var role =
                role("newObjectsRole", "events.amazonaws.com", release.start().applyValue(List::of), target);
        var rules = new ArrayList<EventRule>();
        S3ObjectEvents.keysByBucket(sources).forEach((bucket, keys) -> {
            var own = bucket.equals(Source.DATA_BUCKET);
            if (own) {
                new BucketNotification(
                        "dataBucketEvents",
                        BucketNotificationArgs.builder()
                                .bucket(lake.dataBucket())
                                .eventbridge(true)
                                .build(),
                        child());
            }
            var name = own ? lake.dataBucket() : Output.of(bucket);
            var logicalName = "newObjectsIn-" + (own ? "dataBucket" : bucket);
            var rule = new EventRule(
                    logicalName,
                    EventRuleArgs.builder()
                            .description("New object in a source of the data preparation")
                            .eventPattern(name.applyValue(resolved -> S3ObjectEvents.pattern(resolved, keys)))
                            .build(),
                    child());
            target(logicalName, rule, role, release);
            rules.add(rule);
        });
        return rules;
    }

    private void target(String name, EventRule rule, ServiceRole role, Release release) {
        new EventTarget(
                name,
                EventTargetArgs.builder()
                        .rule(rule.name())
                        .arn(release.aliasArn())
                        .roleArn(role.arn())
                        .input(INPUT)
                        .retryPolicy(EventTargetRetryPolicyArgs.builder()
                                .maximumRetryAttempts(ATTEMPTS)
                                .maximumEventAgeInSeconds(GIVE_UP_SECONDS)
                                .build())
                        .deadLetterConfig(EventTargetDeadLetterConfigArgs.builder()
                                .arn(deadLetters.orElseThrow().queueArn())
                                .build())
                        .build(),
                child());
    }

    private ServiceRole role(
            String name, String service, Output<List<Statement>> statements, Output<AwsTarget> target) {
        return new ServiceRole(
                name, target.applyValue(t -> PolicyDocument.trust(service, t.account())), statements, this);
    }

    /** EventBridge Scheduler writes to the dead-letter queue with its role, EventBridge with its service principal. */
    static List<Statement> permissions(Statement start, String queueArn) {
        return List.of(start, Statement.allow("sqs:SendMessage").on(queueArn));
    }

    private CustomResourceOptions child() {
        return CustomResourceOptions.builder().parent(this).build();
    }
}
