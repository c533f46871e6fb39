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
 * A state that calls a service, and the permissions that the call needs.
 *
 * <p>The partition of the integration's ARN (aws, aws-cn, aws-us-gov) is that of the first ARN in the permissions.
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
     * Invokes a Lambda function and waits for its response, which is {@code $states.result.Payload}.
     *
     * @param functionArn the function's ARN; with a version or an alias to invoke that
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
     * Puts events on an EventBridge bus; the task fails if a single event is rejected.
     *
     * @param permission to put events on the bus that the arguments name
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html">EventBridge</a>
     */
    public static Task eventsPut(Statement permission) {
        return calling("events:putEvents", permission);
    }

    /**
     * Calls any action of any service, named as in the AWS SDK for Java, such as {@code s3} and {@code getObject}.
     *
     * @param permissions that the call needs, which depend on its arguments
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

    /** Sets the partition of the call; needed if all permissions are for {@code *}. */
    public Task inPartition(String partition) {
        var call = "arn:" + partition + resource.substring(resource.indexOf(INTEGRATION));
        return new Task(
                comment, call, arguments, timeoutSeconds, heartbeatSeconds, errorHandling, stateOutput, permissions);
    }

    public Task comment(String text) {
        return new Task(
                text, resource, arguments, timeoutSeconds, heartbeatSeconds, errorHandling, stateOutput, permissions);
    }

    /** Replaces all arguments. */
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

    /** Sets one argument. */
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

    /** Adds permissions, for example to use a KMS key. */
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
    public Task errorHandling(ErrorHandling errorHandling) {
        return new Task(
                comment,
                resource,
                arguments,
                timeoutSeconds,
                heartbeatSeconds,
                errorHandling,
                stateOutput,
                permissions);
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
