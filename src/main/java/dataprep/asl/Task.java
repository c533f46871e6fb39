package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dataprep.iam.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A state that has a service do something, and the permissions which that needs.
 *
 * <p>The partition of the integration's ARN (aws, aws-cn, aws-us-gov) is taken from the first ARN that the permissions
 * name, so that no caller repeats it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Task(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Resource") String resource,
        @JsonProperty("Arguments") Payload arguments,
        @JsonProperty("TimeoutSeconds") Payload timeoutSeconds,
        @JsonProperty("HeartbeatSeconds") Payload heartbeatSeconds,
        @JsonUnwrapped ErrorHandling errorHandling,
        @JsonUnwrapped StateOutput stateOutput,
        @JsonIgnore List<Statement> permissions)
        implements State, StateWithErrorHandling<Task> {

    private static final String INTEGRATION = ":states:::";

    /**
     * Invokes a Lambda function and waits for its answer, which is {@code $states.result.Payload}.
     *
     * @param functionArn the function's ARN, with its version or alias if it is to be called by that
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html">Lambda</a>
     */
    public static Task lambdaInvoke(String functionArn) {
        return calling("lambda:invoke", Statement.allow("lambda:InvokeFunction").on(functionArn))
                .argument("FunctionName", functionArn);
    }

    /**
     * Runs a Glue job and waits for its end. Step Functions polls the run, so it needs no EventBridge rule.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html">Glue</a>
     */
    public static Task glueStartJobRunSync(String jobName, String jobArn) {
        return calling(
                        "glue:startJobRun.sync",
                        Statement.allow("glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun")
                                .on(jobArn))
                .argument("JobName", jobName);
    }

    /**
     * Publishes a message.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html">SNS</a>
     */
    public static Task snsPublish(String topicArn) {
        return calling("sns:publish", Statement.allow("sns:Publish").on(topicArn))
                .argument("TopicArn", topicArn);
    }

    /**
     * Puts events on an EventBridge bus; it fails if a single one is refused.
     *
     * @param permission to do so on the bus, which only the arguments name
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html">EventBridge</a>
     */
    public static Task eventsPut(Statement permission) {
        return calling("events:putEvents", permission);
    }

    /**
     * Calls any action of any service, named as in the AWS SDK for Java, such as {@code s3} and {@code getObject}.
     *
     * @param permissions what the call needs, which only its arguments tell
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html">AWS SDK</a>
     */
    public static Task awsSdk(String service, String action, Statement... permissions) {
        return calling("aws-sdk:" + service + ":" + action, permissions);
    }

    private static Task calling(String integration, Statement... permissions) {
        String partition = Stream.of(permissions)
                .flatMap(statement -> statement.resources().stream())
                .filter(resource -> resource.startsWith("arn:"))
                .map(arn -> arn.split(":", 3)[1])
                .findFirst()
                .orElse("aws");
        String resource = "arn:" + partition + INTEGRATION + integration;
        return new Task(null, resource, null, null, null, ErrorHandling.NONE, StateOutput.UNSET, List.of(permissions));
    }

    /** The call in another partition than that which the permissions name; for those on {@code *} alone. */
    public Task inPartition(String partition) {
        var call = "arn:" + partition + resource.substring(resource.indexOf(INTEGRATION));
        return new Task(
                comment, call, arguments, timeoutSeconds, heartbeatSeconds, errorHandling, stateOutput, permissions);
    }

    public Task comment(String text) {
        return new Task(
                text, resource, arguments, timeoutSeconds, heartbeatSeconds, errorHandling, stateOutput, permissions);
    }

    /** Sets the whole of the arguments, in place of those that were there. */
    public Task arguments(Object template) {
        return new Task(
                comment,
                resource,
                Payload.of(template),
                timeoutSeconds,
                heartbeatSeconds,
                errorHandling,
                stateOutput,
                permissions);
    }

    /** Sets one of the arguments. */
    public Task argument(String name, Object value) {
        return arguments(Objects.requireNonNullElse(arguments, Payload.empty()).and(name, value));
    }

    public Task timeoutSeconds(int seconds) {
        return timeout(Payload.of(seconds));
    }

    public Task timeoutSeconds(Jsonata seconds) {
        return timeout(Payload.of(seconds));
    }

    public Task heartbeatSeconds(int seconds) {
        return heartbeat(Payload.of(seconds));
    }

    public Task heartbeatSeconds(Jsonata seconds) {
        return heartbeat(Payload.of(seconds));
    }

    /** Adds permissions that the task needs besides, such as those to use a key. */
    public Task requires(Statement... more) {
        List<Statement> all = new ArrayList<>(permissions);
        all.addAll(List.of(more));
        return new Task(
                comment,
                resource,
                arguments,
                timeoutSeconds,
                heartbeatSeconds,
                errorHandling,
                stateOutput,
                List.copyOf(all));
    }

    @Override
    public Task errorHandling(ErrorHandling plan) {
        return new Task(comment, resource, arguments, timeoutSeconds, heartbeatSeconds, plan, stateOutput, permissions);
    }

    @Override
    public Task stateOutput(StateOutput to) {
        return new Task(comment, resource, arguments, timeoutSeconds, heartbeatSeconds, errorHandling, to, permissions);
    }

    private Task timeout(Payload seconds) {
        return new Task(
                comment, resource, arguments, seconds, heartbeatSeconds, errorHandling, stateOutput, permissions);
    }

    private Task heartbeat(Payload seconds) {
        return new Task(comment, resource, arguments, timeoutSeconds, seconds, errorHandling, stateOutput, permissions);
    }

    @Override
    public String caption() {
        return resource.substring(resource.indexOf(INTEGRATION) + INTEGRATION.length());
    }

    @Override
    public List<Transition> transitions() {
        return Stream.of(stateOutput.transitions(), errorHandling.transitions())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Field> fields() {
        return Stream.of(
                        Field.ifPresent("Arguments", arguments, Field.Place.ENTRY),
                        Field.ifPresent("TimeoutSeconds", timeoutSeconds, Field.Place.ENTRY),
                        Field.ifPresent("HeartbeatSeconds", heartbeatSeconds, Field.Place.ENTRY),
                        errorHandling.fields(),
                        stateOutput.fields("", Field.Place.RESULT))
                .flatMap(List::stream)
                .toList();
    }
}
