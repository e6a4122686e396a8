package dev.netwright.processor.plan;

/**
 * Floats that are known to be all alike: to look for the end of them at each run took a fifth of VGG16's compilation, and a
 * twentieth of an encoder's.
 */
final class Stretch {
    private int first;
    private int end;

    void set(int from, int to) {
        first = from;
        end = to;
    }

    boolean has(int from, int to) {
        return from >= first && to <= end;
    }

    int end() {
        return end;
    }
}
