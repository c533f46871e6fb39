package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dataprep.iam.Statement;
import java.util.List;

/**
 * A state of the Amazon States Language and the properties that all states have.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "Type")
public sealed interface State permits Choice, Fail, Map, Parallel, Pass, Succeed, Task, Wait {

    String comment();

    /** The transitions of this state. */
    List<Transition> transitions();

    /** The fields that may hold expressions. */
    List<Field> fields();

    /** The label of this state in a diagram beside its name; empty if it needs none. */
    default String caption() {
        return "";
    }

    /** The scopes inside this state: a Map's item processor, a Parallel's branches. */
    default List<Scope> scopes() {
        return List.of();
    }

    /** The error handling of this state. */
    default ErrorHandling errorHandling() {
        return ErrorHandling.NONE;
    }

    /** The permissions that this state, and the states inside it, need in the state machine's role. */
    default List<Statement> permissions() {
        return scopes().stream()
                .flatMap(scope -> scope.branch().permissions().stream())
                .toList();
    }
}
