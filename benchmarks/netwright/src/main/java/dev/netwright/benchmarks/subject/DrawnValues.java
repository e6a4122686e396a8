package dev.netwright.benchmarks.subject;

import java.util.Random;

/** Numbers for measurements that need no others: the same in every run. */
final class DrawnValues {
    private DrawnValues() {}

    /** As floats. */
    static float[] indices(int size, int rows) {
        Random random = new Random(1);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(rows);
        }
        return values;
    }

    static float[] normal(int size) {
        Random random = new Random(1);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
