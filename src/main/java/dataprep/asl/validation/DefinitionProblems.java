package dataprep.asl.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the problems of a definition. */
final class DefinitionProblems {

    private final List<DefinitionProblem> found = new ArrayList<>();

    void add(String path, String message, Object... values) {
        found.add(new DefinitionProblem(path, String.format(Locale.ROOT, message, values)));
    }

    List<DefinitionProblem> found() {
        return List.copyOf(found);
    }
}
