package dev.netwright.processor.plan;

/**
 * Where a value is stored.
 *
 * @param array which array
 * @param base first float in it; in the arena, per sample of capacity
 * @param layout within a sample, or within the whole
 * @param batched whether there is one per sample
 */
public record Place(Array array, int base, Layout layout, boolean batched) {
    /** The arrays that generated code works on. */
    public enum Array {
        /** Everything that there is once per sample. */
        ARENA,
        /** What there is once, and is computed anew each time. */
        SCRATCH,
        /** What is computed from parameters and buffers alone, when they change. */
        PREPARED,
        /** What each worker has for itself while it computes a unit of work. */
        LOCAL,
        PARAMETERS,
        GRADIENTS,
        BUFFERS,
        CONSTANTS,
        /** The caller's arrays; the base is the index among the inputs. */
        INPUT,
        /** How often the whole batch names each row; the base is the index of what names them among the inputs. */
        INDEX_COUNTS,
        /** The caller's arrays of targets or gradients; the base is the index among them. */
        TARGET,
        /** What gradients of losses are multiplied by, one number for each loss. */
        FACTORS,
        /** What losses weigh classes by, held by the model. */
        LOSS_WEIGHTS,
        /** The caller's arrays for results; the base is the index among the outputs. */
        OUTPUT
    }

    /** Floats from one sample to the next. */
    public int sampleStride() {
        return batched ? layout.size() : 0;
    }

    public Place with(Layout other) {
        return new Place(array, base, other, batched);
    }

    public Place shifted(int floats) {
        return with(layout.shifted(floats));
    }
}
