package dataprep.asl;

import java.util.ArrayList;
import java.util.List;

/** A state whose work can fail. */
interface Recovering<S> extends Ending<S> {

    Recovery recovery();

    S recovery(Recovery recovery);

    /** Adds retriers; the first that names the error is used. */
    default S retry(Retry... retriers) {
        return recovery(
                new Recovery(joined(recovery().retries(), retriers), recovery().catches()));
    }

    /** Adds catchers, which get what the retriers could not mend; the first that names the error is used. */
    default S catching(Catch... catchers) {
        return recovery(new Recovery(recovery().retries(), joined(recovery().catches(), catchers)));
    }

    private static <T> List<T> joined(List<T> some, T[] more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
