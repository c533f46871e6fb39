package dataprep.publication;

import java.util.Arrays;

/** A set of states, each a fixed number of integers, in the order of discovery, with their predecessors. */
final class StateSet {
    private final int width;
    private int[] states;
    private int[] parents;
    private int[] table = new int[1 << 12];
    private int size;

    StateSet(int width) {
        this.width = width;
        this.states = new int[width * 1024];
        this.parents = new int[1024];
    }

    /** Returns the index of a state and adds it if it is new. */
    int add(int[] state, int parent) {
        int slot = slotOf(state, 0);
        if (table[slot] != 0) {
            return table[slot] - 1;
        }
        if (size == parents.length) {
            states = Arrays.copyOf(states, states.length * 2);
            parents = Arrays.copyOf(parents, parents.length * 2);
        }
        System.arraycopy(state, 0, states, size * width, width);
        parents[size] = parent;
        table[slot] = ++size;
        if (size * 2 > table.length) {
            grow();
        }
        return size - 1;
    }

    int size() {
        return size;
    }

    int[] get(int index) {
        return Arrays.copyOfRange(states, index * width, (index + 1) * width);
    }

    int parent(int index) {
        return parents[index];
    }

    private int slotOf(int[] from, int offset) {
        int hash = 1;
        for (int i = 0; i < width; i++) {
            hash = (hash ^ from[offset + i]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        int slot = hash & table.length - 1;
        while (table[slot] != 0 && !same(from, offset, (table[slot] - 1) * width)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean same(int[] from, int offset, int stored) {
        return Arrays.equals(from, offset, offset + width, states, stored, stored + width);
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int i = 0; i < size; i++) {
            table[slotOf(states, i * width)] = i + 1;
        }
    }
}
