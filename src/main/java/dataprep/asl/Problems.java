package dataprep.asl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gathers what is wrong with a definition. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    void add(String path, String message, Object... values) {
        found.add(new Problem(path, String.format(Locale.ROOT, message, values)));
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
