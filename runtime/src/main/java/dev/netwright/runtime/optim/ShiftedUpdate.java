package dev.netwright.runtime.optim;

/**
 * Updates values that do not lie as their gradients do, as frozen ones are before them: a block at a time, in copies that
 * stay in the L1 cache. C2 of JDK 17 does not vectorise a loop that reads one array at {@code i} and another at
 * {@code i + shift}: of 131,072 floats that took 420 us with Adam and 93 us with SGD's momentum, in blocks it takes 120
 * and 55, and 50 and 18 where nothing is shifted.
 */
final class ShiftedUpdate {
    private static final int BLOCK = 1024;

    private final float[] values = new float[BLOCK];
    private final float[] gradients = new float[BLOCK];
    private final float[][] parts;
    private final float[][] arrays;

    /** @param slots the most that are kept for a value */
    ShiftedUpdate(int slots) {
        arrays = new float[slots][BLOCK];
        parts = new float[slots][];
    }

    void run(
            Optimizer optimizer,
            Optimizer.Segment segment,
            float[] allValues,
            float[] allGradients,
            float[][] kept,
            int from,
            int to) {
        for (int i = 0; i < parts.length; i++) {
            parts[i] = kept[i] == null ? null : arrays[i];
        }
        for (int begin = from; begin < to; begin += BLOCK) {
            int length = Math.min(BLOCK, to - begin);
            int place = begin + segment.shift();
            System.arraycopy(allValues, place, values, 0, length);
            System.arraycopy(allGradients, begin, gradients, 0, length);
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] != null) {
                    System.arraycopy(kept[i], begin, parts[i], 0, length);
                }
            }
            optimizer.update(segment.group(), values, gradients, parts, 0, length);
            System.arraycopy(values, 0, allValues, place, length);
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] != null) {
                    System.arraycopy(parts[i], 0, kept[i], begin, length);
                }
            }
        }
    }
}
