package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Place.Array;

/**
 * A buffer, or a part of it, as a step goes through it: what a {@link Place} is once buffers have theirs.
 *
 * @param buffer which
 * @param layout within a sample, or within the whole
 */
record BufferView(Buffer buffer, Layout layout) {
    Array array() {
        return buffer.array();
    }

    /** Whether there is one per sample. */
    boolean batched() {
        return buffer.batched();
    }

    /** Floats from one sample to the next. */
    int sampleStride() {
        return batched() ? layout.size() : 0;
    }

    BufferView with(Layout other) {
        return new BufferView(buffer, other);
    }

    BufferView shifted(int floats) {
        return with(layout.shifted(floats));
    }
}
