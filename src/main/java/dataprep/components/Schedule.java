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
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.DatasetSettings;
import dataprep.settings.ScheduleExpression;
import dataprep.settings.Source;
import dataprep.settings.StartSettings;
import dataprep.workflow.PublicationStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The automatic starts of a data set's runs: by a schedule, by new objects or data sets that it reads, or none. */
public final class Schedule extends ComponentResource {
    private static final String INPUT = "{\"force\":false}";
    private static final int ATTEMPTS = 10;
    /** The maximum age of a failed start; an older one goes to the dead-letter queue. */
    private static final int GIVE_UP_SECONDS = 3_600;

    private final Args args;
    private final Foundation foundation;
    private final List<EventRule> rules = new ArrayList<>();

    /**
     * @param upstream the ARNs of the state machines of the data sets that this one reads
     * @param deadLetters the queue for starts that failed; empty only if nothing starts by itself
     */
    record Args(
            DatasetSettings dataset,
            Release release,
            List<Output<String>> upstream,
            Optional<DeadLetters> deadLetters,
            Foundation foundation) {}

    Schedule(String name, Args args, ComponentResourceOptions options) {
        super("dataprep:index:Schedule", name, options);
        this.args = args;
        this.foundation = args.foundation();
        var start = args.dataset().start();
        start.timetable().ifPresent(times -> schedule(start, times));
        if (start.onNewObjects()) {
            startOnNewObjects();
        }
        if (!args.upstream().isEmpty()) {
            startOnPublications();
        }
        registerOutputs(Map.of());
    }

    /** The ARNs of the rules that start runs. */
    List<Output<String>> ruleArns() {
        return rules.stream().map(EventRule::arn).toList();
    }

    /** Allows EventBridge to publish the events of the data bucket, which rules of several data sets match. */
    static void publishEvents(DataBucket data) {
        new BucketNotification(
                "dataBucketEvents",
                BucketNotificationArgs.builder()
                        .bucket(data.name())
                        .eventbridge(true)
                        .build(),
                CustomResourceOptions.builder().parent(data).build());
    }

    private void schedule(StartSettings start, ScheduleExpression times) {
        var queueArn = queueArn();
        var statements = Output.tuple(args.release().start(), queueArn).applyValue(t -> permissions(t.t1, t.t2));
        var role = role(
                "scheduleRole",
                "scheduler.amazonaws.com",
                foundation.encryption().decrypting(statements));
        var window = ScheduleFlexibleTimeWindowArgs.builder();
        new com.pulumi.aws.scheduler.Schedule(
                args.dataset().resource("schedule"),
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
                                .arn(args.release().aliasArn())
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

    private void startOnNewObjects() {
        var role = role(
                "newObjectsRole", "events.amazonaws.com", args.release().start().applyValue(List::of));
        S3ObjectEvents.keysByBucket(args.dataset().sources()).forEach((bucket, keys) -> {
            var own = bucket.equals(Source.DATA_BUCKET);
            var name = own ? foundation.data().name() : Output.of(bucket);
            startOn(
                    "newObjectsIn-" + (own ? "dataBucket" : bucket),
                    "New object in a source of the data preparation",
                    name.applyValue(resolved -> S3ObjectEvents.pattern(resolved, keys)),
                    role);
        });
    }

    private void startOnPublications() {
        var role = role(
                "publicationsRole",
                "events.amazonaws.com",
                args.release().start().applyValue(List::of));
        for (var group : ExecutionEvents.groups("publications", args.upstream())) {
            startOn(
                    group.name(),
                    "New run of a data set that %s reads"
                            .formatted(args.dataset().name()),
                    Output.all(group.members()).applyValue(Schedule::publications),
                    role);
        }
    }

    /** Matches executions that have published a new run; not rollbacks, and not executions that published nothing. */
    static String publications(List<String> stateMachineArns) {
        return ExecutionEvents.of(stateMachineArns)
                .where("status", List.of("SUCCEEDED"))
                .where("output", List.of(Map.of("wildcard", "*\"%s\"*".formatted(PublicationStates.NEW_RUN))))
                .toJson();
    }

    private void startOn(String name, String description, Output<String> pattern, ServiceRole role) {
        var logicalName = args.dataset().resource(name);
        var rule = new EventRule(
                logicalName,
                EventRuleArgs.builder()
                        .description(description)
                        .eventPattern(pattern)
                        .build(),
                child());
        target(logicalName, rule, role);
        rules.add(rule);
    }

    private void target(String name, EventRule rule, ServiceRole role) {
        new EventTarget(
                name,
                EventTargetArgs.builder()
                        .rule(rule.name())
                        .arn(args.release().aliasArn())
                        .roleArn(role.arn())
                        .input(INPUT)
                        .retryPolicy(EventTargetRetryPolicyArgs.builder()
                                .maximumRetryAttempts(ATTEMPTS)
                                .maximumEventAgeInSeconds(GIVE_UP_SECONDS)
                                .build())
                        .deadLetterConfig(EventTargetDeadLetterConfigArgs.builder()
                                .arn(queueArn())
                                .build())
                        .build(),
                child());
    }

    private ServiceRole role(String name, String service, Output<List<Statement>> statements) {
        return new ServiceRole(
                args.dataset().resource(name),
                foundation.target().applyValue(t -> PolicyDocument.trust(service, t.account())),
                statements,
                this);
    }

    private Output<String> queueArn() {
        return args.deadLetters().orElseThrow().queueArn();
    }

    /** EventBridge Scheduler writes to the dead-letter queue with its role, EventBridge with its service principal. */
    static List<Statement> permissions(Statement start, String queueArn) {
        return List.of(start, Statement.allow("sqs:SendMessage").on(queueArn));
    }

    private CustomResourceOptions child() {
        return CustomResourceOptions.builder().parent(this).build();
    }
}
