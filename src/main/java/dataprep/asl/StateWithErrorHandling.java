package dataprep.asl;

import java.util.ArrayList;
import java.util.List;

/** A state whose work can fail. */
interface StateWithErrorHandling<S> extends StateWithEnd<S> {

    ErrorHandling errorHandling();

    S errorHandling(ErrorHandling errorHandling);

    /** Adds retriers; the first that names the error is used. */
    default S retry(Retry... retriers) {
        return errorHandling(new ErrorHandling(
                joined(errorHandling().retries(), retriers), errorHandling().catches()));
    }

    /** Adds catchers for errors that the retriers did not resolve; the first that names the error is used. */
    default S catching(Catch... catchers) {
        return errorHandling(new ErrorHandling(
                errorHandling().retries(), joined(errorHandling().catches(), catchers)));
    }

    private static <T> List<T> joined(List<T> some, T[] more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
