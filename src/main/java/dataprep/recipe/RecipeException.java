package dataprep.recipe;

import java.util.List;

/** Thrown for an invalid recipe, with all problems and their paths in the file. */
public final class RecipeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    RecipeException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
