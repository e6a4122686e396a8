package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Place.Array;

/**
 * Memory that steps ask for: {@link BufferAssignment} says where it lies when all steps are there.
 *
 * @param array which it is in
 * @param id tells it from all others of a program; where the array's order is known from the start, where it begins
 * @param layout of all that it holds
 * @param batched whether there is one per sample
 * @param lifetime when it is nobody else's
 */
record Buffer(Array array, int id, Layout layout, boolean batched, Lifetime lifetime) {
    /** When memory is a buffer's own. */
    enum Lifetime {
        /** From the first step that touches it to the last. */
        STEPS,
        /** From the first step that touches it on: it is read when the program has run. */
        RESULT,
        /** Always, so that what no step writes stays zero, or what was written once stays there. */
        ALWAYS
    }

    /** Of an array whose order is known from the start. */
    static BufferView at(Array array, int base, Layout layout, boolean batched) {
        return new BufferView(new Buffer(array, base, layout, batched, Lifetime.ALWAYS), layout);
    }

    /** Floats, a multiple of {@link Layout#LANES}. */
    int size() {
        return Layout.roundUp(layout.size());
    }

    BufferView whole() {
        return new BufferView(this, layout);
    }
}
