package dev.netwright.processor.operators;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws test cases. Two dice of the same seed draw the same. */
public final class Dice {
    /** Another number draws other cases in all tests. */
    public static final long SEED = Long.getLong("netwright.test.seed", 1);

    private final SplittableRandom random;

    public Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    public int from(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public double real(double least, double most) {
        return random.nextDouble(least, most);
    }

    public boolean flip() {
        return random.nextBoolean();
    }

    /** True once in so many draws. */
    public boolean once(int draws) {
        return random.nextInt(draws) == 0;
    }

    @SafeVarargs
    public final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Channels: one, primes, odd counts, and those around a vector of 16. */
    public int channels() {
        return one(1, 2, 3, 4, 5, 7, 8, 13, 15, 16, 17, 24, 32, 33);
    }

    /** Rows or columns. */
    public int side() {
        return one(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17);
    }

    /** Whole numbers. */
    public double[] integers(int size, int least, int most) {
        return IntStream.range(0, size).mapToDouble(i -> from(least, most)).toArray();
    }

    /** Floats, so that the generated code and the reference are given the same numbers. */
    public double[] floats(int size, double least, double most) {
        return IntStream.range(0, size)
                .mapToDouble(i -> (float) real(least, most))
                .toArray();
    }
}
