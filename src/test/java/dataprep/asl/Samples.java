package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dataprep.iam.Statement;

/** Small valid definitions that tests modify. */
public final class Samples {

    static final String BUCKET_ARN = "arn:aws:s3:::data";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private Samples() {}

    /** A complete task without a next state; its catcher leads to a state {@code Failed}. */
    public static Task task() {
        return uncaughtTask().catching(Catch.all().next("Failed"));
    }

    public static Task uncaughtTask() {
        return Task.awsSdk("s3", "getObject", Statement.allow("s3:GetObject").on(BUCKET_ARN + "/*"))
                .retry(Retry.on(Errors.TASK_FAILED));
    }

    /** A definition with only this state. */
    public static StateMachine alone(State state) {
        return StateMachine.startAt("First").state("First", state);
    }

    /** A definition with this state and a state {@code Failed} for its errors. */
    public static StateMachine failing(State state) {
        return alone(state).state("Failed", Fail.error("Broken"));
    }

    /** A Choice with the transitions {@code Yes} and {@code No}. */
    public static StateMachine choosing(Choice choice) {
        return alone(choice).state("Yes", Succeed.create()).state("No", Succeed.create());
    }

    public static ChoiceRule rule(String condition) {
        return ChoiceRule.when(Jsonata.of(condition)).next("Yes");
    }

    /** JSON with single quotes instead of double quotes. */
    static JsonNode json(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static void assertWritten(String expected, State state) throws JsonProcessingException {
        assertEquals(json(expected), json(alone(state).toJson()).at("/States/First"));
    }
}
