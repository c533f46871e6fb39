package dataprep.publication;

import java.util.Arrays;

/** Finds the states from which all executions can end if no more faults occur. */
final class Endings {
    private int[] from = new int[1024];
    private int[] to = new int[1024];
    private int size;

    /** A step without a fault. */
    void add(int before, int after) {
        if (size == from.length) {
            from = Arrays.copyOf(from, size * 2);
            to = Arrays.copyOf(to, size * 2);
        }
        from[size] = before;
        to[size++] = after;
    }

    /**
     * The first state without a path to an end, or -1.
     *
     * @param ended the end states, as a bit set over all states
     */
    int firstWithout(boolean[] ended) {
        var starts = new int[ended.length + 1];
        for (int i = 0; i < size; i++) {
            starts[to[i] + 1]++;
        }
        for (int i = 0; i < ended.length; i++) {
            starts[i + 1] += starts[i];
        }
        var before = new int[size];
        var next = Arrays.copyOf(starts, ended.length);
        for (int i = 0; i < size; i++) {
            before[next[to[i]]++] = from[i];
        }
        var open = new int[ended.length];
        int count = 0;
        for (int i = 0; i < ended.length; i++) {
            if (ended[i]) {
                open[count++] = i;
            }
        }
        for (int i = 0; i < count; i++) {
            for (int j = starts[open[i]]; j < starts[open[i] + 1]; j++) {
                if (!ended[before[j]]) {
                    ended[before[j]] = true;
                    open[count++] = before[j];
                }
            }
        }
        for (int i = 0; i < ended.length; i++) {
            if (!ended[i]) {
                return i;
            }
        }
        return -1;
    }
}
