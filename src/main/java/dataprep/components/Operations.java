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

    /**
     * What is monitored.
     *
     * @param deadLetters empty if nothing starts by itself
     */
    public record Args(
            ExtractFunction extract,
            TransformJob transform,
            Optional<DeadLetters> deadLetters,
            List<PreparedDataset> datasets) {}

    public Operations(String name, Args args, Foundation foundation) {
        super("dataprep:index:Operations", name);
        var settings = foundation.settings();
        var operations = settings.operations();
        this.topic = operations.alarms() || operations.budget()
                ? Optional.of(new AlarmTopic("alarmTopic", foundation, this))
                : Optional.empty();
        var failedJobs = operations.alarms() ? failedJobs(args.transform()).name() : Output.of("");
        var monitored = args.datasets().stream()
                .map(dataset -> monitored(dataset, failedJobs, args, foundation))
                .toList();
        if (operations.alarms()) {
            AlarmRule.ofStack(settings, args.deadLetters().isPresent())
                    .forEach(rule -> alarm(settings.name(), "", rule, monitored.get(0)));
            for (int i = 0; i < monitored.size(); i++) {
                alarms(args.datasets().get(i), monitored.get(i));
            }
        }
        if (operations.dashboard()) {
            dashboard(settings, Output.all(monitored));
        }
        if (operations.budget()) {
            new StackBudget("budget", settings.name(), operations.monthlyBudgetDollars(), topicArn(), this);
        }
        registerOutputs(Map.of());
    }

    private static Output<MonitoredResources> monitored(
            PreparedDataset dataset, Output<String> failedJobs, Args args, Foundation foundation) {
        var place = dataset.settings().place();
        return Output.tuple(
                        foundation.target(),
                        dataset.stateMachineArn(),
                        args.extract().name(),
                        failedJobs,
                        args.deadLetters().map(DeadLetters::queueName).orElse(Output.of("")))
                .applyValue(t -> new MonitoredResources(
                        place.pipeline(),
                        t.t1.region(),
                        t.t2,
                        t.t3,
                        t.t4,
                        foundation.settings().logGroups().workflow(place.qualifier()),
                        t.t5));
    }

    private void alarms(PreparedDataset dataset, Output<MonitoredResources> monitored) {
        var place = dataset.settings().place();
        AlarmRule.of(dataset.settings()).forEach(rule -> alarm(place.pipeline(), place.qualifier(), rule, monitored));
        Alarms.createRecovery(place, monitored, dataset.failureTopicArn(), this);
    }

    private void alarm(String pipeline, String qualifier, AlarmRule rule, Output<MonitoredResources> monitored) {
        Alarms.create(pipeline, qualifier, rule, monitored, topicArn(), this);
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

    private void dashboard(PipelineSettings settings, Output<List<MonitoredResources>> monitored) {
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
