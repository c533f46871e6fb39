package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dataprep.iam.Statement;
import java.util.List;

/**
 * A state of the Amazon States Language, as its JSON has it, and the questions that are asked of every state.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "Type")
public sealed interface State permits Choice, Fail, Map, Parallel, Pass, Succeed, Task, Wait {

    String comment();

    /** The ways out of this state. */
    List<Transition> transitions();

    /** The fields that may hold expressions. */
    List<Field> fields();

    /** What a diagram says of this state beside its name; empty if the name is enough. */
    default String caption() {
        return "";
    }

    /** The scopes inside this state: a Map's item processor, a Parallel's branches. */
    default List<Scope> scopes() {
        return List.of();
    }

    /** What this state does about errors. */
    default ErrorHandling errorHandling() {
        return ErrorHandling.NONE;
    }

    /** What the role of the state machine must be allowed for this state, and for those inside it. */
    default List<Statement> permissions() {
        return scopes().stream()
                .flatMap(scope -> scope.branch().permissions().stream())
                .toList();
    }
}
