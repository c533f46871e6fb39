package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import java.util.List;

/**
 * A definition in the Amazon States Language, with JSONata as its query language.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html">States
 *     language</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"QueryLanguage", "TimeoutSeconds", "branch"})
public record StateMachine(
        @JsonProperty("TimeoutSeconds") Integer timeoutSeconds,
        @JsonUnwrapped Branch branch) {

    public static StateMachine startAt(String state) {
        return new StateMachine(null, Branch.startAt(state));
    }

    public StateMachine comment(String text) {
        return new StateMachine(timeoutSeconds, branch.comment(text));
    }

    /** Limits the time of a whole execution. */
    public StateMachine timeoutSeconds(int seconds) {
        return new StateMachine(seconds, branch);
    }

    /** Adds a state. */
    public StateMachine state(String name, State state) {
        return new StateMachine(timeoutSeconds, branch.state(name, state));
    }

    @JsonProperty("QueryLanguage")
    String queryLanguage() {
        return "JSONata";
    }

    /** Every state, each followed by those of the scopes inside it. */
    public List<LocatedState> everyState() {
        return LocatedState.all(branch);
    }

    /** The permissions that the tasks need in the state machine's role. */
    public List<Statement> permissions() {
        return PolicyDocument.of(branch.permissions()).statements();
    }

    /** The definition as Step Functions accepts it: one line, deterministic. */
    public String toJson() {
        return Json.compact(this);
    }

    /** The definition for a reader, indented by two spaces. */
    public String toPrettyJson() {
        return Json.pretty(this);
    }

    /** The definition drawn as a Mermaid flowchart. */
    public String toMermaid() {
        return Flowchart.of(this);
    }
}
