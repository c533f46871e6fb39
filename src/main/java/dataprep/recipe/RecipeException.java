package dataprep.recipe;

import java.util.List;

/** A recipe that cannot be used, with every problem found and where in the file it lies. */
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
