package dataprep.components;

import com.pulumi.aws.cloudwatch.DashboardArgs;
import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.pricing.Prices;
import dataprep.pricing.Workers;
import dataprep.settings.PipelineSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The monitoring: alarms, a dashboard and a budget, each if its setting is set. */
public final class Operations extends ComponentResource {
    private final Optional<AlarmTopic> topic;

    public Operations(
            String name,
            PipelineSettings settings,
            DataLake lake,
            ExtractFunction extract,
            TransformJob transform,
            Workflow workflow,
            Schedule schedule,
            Output<AwsTarget> target) {
        super("dataprep:index:Operations", name);
        var operations = settings.operations();
        this.topic = operations.alarms() || operations.budget()
                ? Optional.of(new AlarmTopic("alarmTopic", settings, lake, target, this))
                : Optional.empty();
        var failedJobs = operations.alarms() ? failedJobs(transform).name() : Output.of("");
        var monitored = Output.tuple(
                        target,
                        workflow.stateMachineArn(),
                        extract.name(),
                        failedJobs,
                        schedule.deadLetterQueue().orElse(Output.of("")))
                .applyValue(t -> new MonitoredResources(
                        settings.name(),
                        t.t1.region(),
                        t.t2,
                        t.t3,
                        t.t4,
                        settings.logGroups().workflow(),
                        t.t5));
        if (operations.alarms()) {
            AlarmRule.of(settings, schedule.deadLetterQueue().isPresent())
                    .forEach(rule -> Alarms.create(settings.name(), rule, monitored, topicArn(), this));
            Alarms.createRecovery(settings.name(), monitored, workflow.failureTopicArn(), this);
        }
        if (operations.dashboard()) {
            dashboard(settings, monitored);
        }
        if (operations.budget()) {
            new StackBudget("budget", settings.name(), operations.monthlyBudgetDollars(), topicArn(), this);
        }
        registerOutputs(Map.of());
    }

    /** The topic for alarms and budget messages; empty if there are none. */
    public Optional<Output<String>> alarmTopicArn() {
        return topic.map(AlarmTopic::arn);
    }

    private Output<String> topicArn() {
        return topic.orElseThrow().arn();
    }

    /** A rule without a target: an alarm watches its count of matched events. */
    private EventRule failedJobs(TransformJob transform) {
        return new EventRule(
                "failedJobs",
                EventRuleArgs.builder()
                        .description("A data preparation Glue job run failed")
                        .eventPattern(transform.name().applyValue(Operations::failedJobs))
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
    }

    /** https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html */
    static String failedJobs(String job) {
        return EventPattern.of("aws.glue", "Glue Job State Change")
                .where("jobName", List.of(job))
                .where("state", List.of("FAILED", "STOPPED", "TIMEOUT"))
                .toJson();
    }

    private void dashboard(PipelineSettings settings, Output<MonitoredResources> monitored) {
        var job = settings.transformation();
        var price =
                Prices.current().dpuHour(new Workers(job.glueVersion(), job.workerType(), job.workers(), job.flex()));
        new com.pulumi.aws.cloudwatch.Dashboard(
                "dashboard",
                DashboardArgs.builder()
                        .dashboardName(settings.name())
                        .dashboardBody(monitored.applyValue(names -> Dashboard.body(names, price)))
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
    }
}
