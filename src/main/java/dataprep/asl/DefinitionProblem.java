package dataprep.asl;

/**
 * Something wrong with a definition.
 *
 * @param path where, such as {@code States.ExtractData.Retry[0].ErrorEquals}
 * @param message what is wrong, the value got, what is allowed
 */
public record DefinitionProblem(String path, String message) {

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
