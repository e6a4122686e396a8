package dev.netwright.training.data;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea, Flood 2014) for the transforms of one sample. Begun anew for every sample, which would cost a
 * Mersenne twister 2,500 bytes of state; what is drawn is written out, since the JDK may change how it draws.
 */
final class SampleRandom implements RandomGenerator {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** The generator of a place in an epoch: of nothing else. */
    void begin(long epochSeed, long place) {
        state = mix(mix(epochSeed) + (place + 1) * 0xD1342543DE82EF95L);
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    @Override
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("The bound must be at least 1, but is " + bound + ".");
        }
        // The product's upper half: a bias below bound / 2^32, and no loop.
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1p-24f;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
