package dev.netwright.examples;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.training.data.TensorDataset;
import java.util.List;

/** Noisy waves of four shapes, of any frequency, phase and height. */
final class Waves {
    static final int STEPS = 128;
    static final int KINDS = 4;
    static final List<String> NAMES = List.of("sine", "square", "triangle", "sawtooth");
    private static final double NOISE = 0.3;

    private Waves() {}

    /** The same count and seed give the same waves; wave i is of kind {@code i % 4}. */
    static TensorDataset draw(int count, long seed) {
        MersenneTwister random = new MersenneTwister(seed);
        float[] values = new float[Math.multiplyExact(count, STEPS)];
        random.normal(values, 0, NOISE);
        long[] kinds = new long[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = i % KINDS;
            double periods = random.uniform(3, 8);
            double phase = random.uniform(0, 1);
            double height = random.uniform(0.6f, 1.4f);
            for (int t = 0; t < STEPS; t++) {
                double place = (periods * t / STEPS + phase) % 1;
                values[i * STEPS + t] += (float) (height * at(i % KINDS, place));
            }
        }
        return TensorDataset.of(Tensor.of(values, count, 1, STEPS), Tensor.ofLongs(kinds, count))
                .classNames(NAMES);
    }

    /** A wave between -1 and 1 at a place of its period, from 0 to 1. */
    private static double at(int kind, double place) {
        return switch (kind) {
            case 0 -> StrictMath.sin(2 * Math.PI * place);
            case 1 -> place < 0.5 ? 1 : -1;
            case 2 -> 1 - 4 * Math.abs(place - 0.5);
            default -> 2 * place - 1;
        };
    }
}
