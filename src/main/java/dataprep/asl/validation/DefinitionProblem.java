package dataprep.asl.validation;

/**
 * One problem of a definition.
 *
 * @param path of the invalid field, such as {@code States.ExtractData.Retry[0].ErrorEquals}
 * @param message the problem, the invalid value and the rule
 */
public record DefinitionProblem(String path, String message) {

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
