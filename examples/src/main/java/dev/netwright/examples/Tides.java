package dev.netwright.examples;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.training.data.TensorDataset;
import java.util.List;

/** Water levels of harbours, hour by hour: two tides of periods of their own, and ripples. Some were measured for long. */
final class Tides {
    /** What there is room for. */
    static final int STEPS = 72;

    /** As many as are told: the day before is there to be compared with. */
    static final int SHORTEST = 24;

    /** How many steps are to be told. */
    static final int AHEAD = 24;

    static final double RIPPLES = 0.1;

    private Tides() {}

    /** The same count and seed give the same series. Behind a series' last step stand zeros, which nobody reads. */
    static TensorDataset draw(int count, long seed) {
        MersenneTwister random = new MersenneTwister(seed);
        float[] measured = new float[Math.multiplyExact(count, STEPS)];
        float[] next = new float[Math.multiplyExact(count, AHEAD)];
        long[] lengths = new long[count];
        float[] ripples = new float[STEPS + AHEAD];
        for (int i = 0; i < count; i++) {
            lengths[i] = SHORTEST + random.nextInt(STEPS - SHORTEST + 1);
            double height = random.uniform(0.6f, 1.2f);
            double period = random.uniform(11, 14);
            double phase = random.uniform(0, 1);
            double slowHeight = random.uniform(0.2f, 0.6f);
            double slowPeriod = random.uniform(22, 28);
            double slowPhase = random.uniform(0, 1);
            random.normal(ripples, 0, RIPPLES);
            for (int t = 0; t < lengths[i] + AHEAD; t++) {
                double level = height * wave(t / period + phase) + slowHeight * wave(t / slowPeriod + slowPhase);
                float value = (float) (level + ripples[t]);
                if (t < lengths[i]) {
                    measured[i * STEPS + t] = value;
                } else {
                    next[i * AHEAD + t - (int) lengths[i]] = value;
                }
            }
        }
        return TensorDataset.of(
                List.of(Tensor.of(measured, count, STEPS, 1), Tensor.ofLongs(lengths, count, 1)),
                List.of(Tensor.of(next, count, AHEAD)));
    }

    private static double wave(double periods) {
        return StrictMath.sin(2 * Math.PI * periods);
    }
}
