package dev.netwright.processor.plan;

import java.util.List;

/** The addresses of some loops as runs of neighbours, found by joining loops and not by going through elements. */
final class Runs {
    /** Takes runs. */
    interface Visitor {
        /** From one address up to, but without, another. */
        void run(int from, int to);
    }

    private final int[] counts;
    private final int[] strides;
    private int loops;
    private int start;
    private int run = 1;
    private boolean empty;
    private boolean once = true;

    Runs(int first, List<Axis> axes) {
        start = first;
        counts = new int[axes.size()];
        strides = new int[axes.size()];
        for (Axis axis : axes) {
            empty |= axis.extent() <= 0;
            if (axis.extent() > 1 && axis.stride() != 0) {
                add(axis.extent(), axis.stride());
            }
            once &= axis.extent() <= 1 || axis.stride() != 0;
        }
        join();
    }

    /** Keeps the loops in the order of their strides. */
    private void add(int count, int stride) {
        if (stride < 0) {
            start += stride * (count - 1);
        }
        int size = Math.abs(stride);
        int i = loops++;
        for (; i > 0 && strides[i - 1] > size; i--) {
            strides[i] = strides[i - 1];
            counts[i] = counts[i - 1];
        }
        strides[i] = size;
        counts[i] = count;
    }

    /** A loop whose steps fill the gaps of the one around it goes on with it; overlapping iterations count once. */
    private void join() {
        int joined = 0;
        int span = 1;
        for (int i = 0; i < loops; i++) {
            int count = counts[i];
            int stride = strides[i];
            once &= stride >= span;
            span += (count - 1) * stride;
            if (joined == 0 && stride <= run) {
                run += stride * (count - 1);
            } else if (joined > 0
                    && stride % strides[joined - 1] == 0
                    && stride / strides[joined - 1] <= counts[joined - 1]) {
                counts[joined - 1] += stride / strides[joined - 1] * (count - 1);
            } else {
                counts[joined] = count;
                strides[joined++] = stride;
            }
        }
        loops = joined;
    }

    /** Whether no address is met twice. */
    boolean once() {
        return once;
    }

    boolean isEmpty() {
        return empty;
    }

    int first() {
        return start;
    }

    int end() {
        int end = start + run;
        for (int i = 0; i < loops; i++) {
            end += (counts[i] - 1) * strides[i];
        }
        return end;
    }

    void forEach(Visitor visitor) {
        if (!empty) {
            visit(loops - 1, start, visitor);
        }
    }

    private void visit(int loop, int at, Visitor visitor) {
        if (loop < 0) {
            visitor.run(at, at + run);
            return;
        }
        for (int i = 0; i < counts[loop]; i++) {
            visit(loop - 1, at + i * strides[loop], visitor);
        }
    }
}
