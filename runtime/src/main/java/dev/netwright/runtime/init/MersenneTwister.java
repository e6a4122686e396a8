package dev.netwright.runtime.init;

/**
 * The generator behind {@code torch.manual_seed} on a CPU: MT19937, seeded with the low 32 bits of the seed, and the
 * ways PyTorch turns its output into numbers. The same seed and the same calls give the same bits as PyTorch, but for
 * normal numbers, which are near PyTorch's and have the same bits on every machine. Not thread-safe.
 */
public final class MersenneTwister {
    private static final int LENGTH = 624;
    private static final int PERIOD = 397;

    /** Normal numbers that PyTorch draws at once, if as many are asked for. */
    private static final int BLOCK = 16;

    private final int[] state = new int[LENGTH];
    private int next;
    /** The second number of a pair that {@link #normal} drew and has not given out; NaN if there is none. */
    private double spareNormal = Double.NaN;

    /**
     * A generator as after {@code torch.manual_seed(seed)}.
     *
     * @param seed any number; only its low 32 bits count
     */
    public MersenneTwister(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < LENGTH; i++) {
            int previous = state[i - 1];
            state[i] = 1812433253 * (previous ^ previous >>> 30) + i;
        }
        next = LENGTH;
    }

    private MersenneTwister(int[] saved) {
        System.arraycopy(saved, 0, state, 0, LENGTH);
        next = saved[LENGTH];
        spareNormal =
                Double.longBitsToDouble((long) saved[LENGTH + 1] << 32 | Integer.toUnsignedLong(saved[LENGTH + 2]));
    }

    /**
     * A generator that continues where another one was when its {@link #state()} was taken.
     *
     * @param state 627 numbers from {@link #state()}
     * @return a new generator
     * @throws IllegalArgumentException if the state has another length or position
     */
    public static MersenneTwister ofState(int[] state) {
        if (state.length != LENGTH + 3) {
            throw new IllegalArgumentException(
                    "A generator's state has " + (LENGTH + 3) + " numbers, but this one has " + state.length + ".");
        }
        if (state[LENGTH] < 0 || state[LENGTH] > LENGTH) {
            throw new IllegalArgumentException(
                    "The position in a generator's state is 0 to " + LENGTH + ", but is " + state[LENGTH] + ".");
        }
        return new MersenneTwister(state);
    }

    /**
     * Everything needed to continue later.
     *
     * @return 627 numbers: 624 words, the position, and the two halves of a normal number drawn in advance
     */
    public int[] state() {
        int[] saved = new int[LENGTH + 3];
        System.arraycopy(state, 0, saved, 0, LENGTH);
        long spare = Double.doubleToLongBits(spareNormal);
        saved[LENGTH] = next;
        saved[LENGTH + 1] = (int) (spare >>> 32);
        saved[LENGTH + 2] = (int) spare;
        return saved;
    }

    /**
     * The next 32 bits.
     *
     * @return all values equally likely
     */
    public int nextInt() {
        if (next == LENGTH) {
            refill();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9D2C5680;
        y ^= y << 15 & 0xEFC60000;
        return y ^ y >>> 18;
    }

    private void refill() {
        for (int i = 0; i < LENGTH - PERIOD; i++) {
            state[i] = state[i + PERIOD] ^ twisted(state[i], state[i + 1]);
        }
        for (int i = LENGTH - PERIOD; i < LENGTH - 1; i++) {
            state[i] = state[i + PERIOD - LENGTH] ^ twisted(state[i], state[i + 1]);
        }
        state[LENGTH - 1] = state[PERIOD - 1] ^ twisted(state[LENGTH - 1], state[0]);
        next = 0;
    }

    /** Without a branch, which would go either way as often. */
    private static int twisted(int high, int low) {
        int y = high & 0x80000000 | low & 0x7FFFFFFF;
        return y >>> 1 ^ -(y & 1) & 0x9908B0DF;
    }

    /**
     * Goes past numbers without computing them: as after so many calls of {@link #nextInt()}.
     *
     * @param numbers how many, at least 0
     */
    public void skip(long numbers) {
        if (numbers < 0) {
            throw new IllegalArgumentException("At least 0 numbers can be skipped, but not " + numbers + ".");
        }
        long left = numbers;
        while (left > LENGTH - next) {
            left -= LENGTH - next;
            refill();
        }
        next += (int) left;
    }

    /**
     * The next number of {@code torch.randint(bound, ...)}: 32 bits modulo the bound.
     *
     * @param bound the exclusive upper end, at least 1
     * @return 0 to bound - 1
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("The bound must be at least 1, but is " + bound + ".");
        }
        return (int) (Integer.toUnsignedLong(nextInt()) % bound);
    }

    /**
     * The next number of {@code torch.empty((), dtype=torch.int64).random_()}.
     *
     * @return 0 to 2^63 - 1
     */
    public long nextLong() {
        return next64() & Long.MAX_VALUE;
    }

    private long next64() {
        long first = nextInt();
        return first << 32 | Integer.toUnsignedLong(nextInt());
    }

    /**
     * The next number of {@code torch.rand(dtype=torch.float64)}, of 53 bits.
     *
     * @return 0 (inclusive) to 1 (exclusive)
     */
    public double nextDouble() {
        return (next64() & (1L << 53) - 1) * 0x1p-53;
    }

    /**
     * The next number of {@code uniform_(low, high)} on a float tensor, of 24 bits.
     *
     * @param low the lower end
     * @param high the upper end
     * @return low to high
     */
    public float uniform(float low, float high) {
        float x = (nextInt() & 0xFFFFFF) * 0x1p-24f;
        // PyTorch's vectorised loop rounds once; multiply and add differ in the last bit.
        return Math.fma(x, high - low, low);
    }

    /**
     * Fills an array as {@code uniform_(low, high)} fills a float tensor.
     *
     * @param target receives the numbers
     * @param low the lower end
     * @param high the upper end
     */
    public void uniform(float[] target, float low, float high) {
        for (int i = 0; i < target.length; i++) {
            target[i] = uniform(low, high);
        }
    }

    /**
     * Fills an array as {@code normal_(mean, std)} fills a float tensor, to 5e-7 of std (8 million numbers): 16 or more
     * elements in blocks of 16 from float uniforms, fewer one pair at a time from doubles (Box-Muller both). The second
     * of a pair is kept for the next call that draws fewer than 16.
     *
     * @param target receives the numbers
     * @param mean the mean
     * @param std the standard deviation
     */
    public void normal(float[] target, double mean, double std) {
        int n = target.length;
        if (n < BLOCK) {
            normalByPairs(target, mean, std);
            return;
        }
        uniform(target, 0, 1);
        int whole = n - n % BLOCK;
        for (int i = 0; i < whole; i += BLOCK) {
            normalBlock(target, i, (float) mean, (float) std);
        }
        if (whole < n) {
            for (int i = n - BLOCK; i < n; i++) {
                target[i] = uniform(0, 1);
            }
            normalBlock(target, n - BLOCK, (float) mean, (float) std);
        }
    }

    /**
     * Draws what {@link #normal} would draw, and keeps none of it but the second of a pair.
     *
     * @param elements the length of the array that is not filled
     */
    public void skipNormal(int elements) {
        if (elements < BLOCK) {
            for (int i = 0; i < elements; i++) {
                nextNormal();
            }
        } else {
            skip(elements + (elements % BLOCK == 0 ? 0L : BLOCK));
        }
    }

    private static void normalBlock(float[] target, int from, float mean, float std) {
        for (int j = from; j < from + BLOCK / 2; j++) {
            // Rounded where PyTorch's vectorised loop rounds: in doubles the largest difference was four times as
            // large.
            float radius = (float) Math.sqrt(-2f * (float) StrictMath.log(1 - target[j]));
            float theta = (float) (2 * Math.PI) * target[j + BLOCK / 2];
            target[j] = Math.fma(radius * (float) StrictMath.cos(theta), std, mean);
            target[j + BLOCK / 2] = Math.fma(radius * (float) StrictMath.sin(theta), std, mean);
        }
    }

    private void normalByPairs(float[] target, double mean, double std) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) (nextNormal() * std + mean);
        }
    }

    private double nextNormal() {
        if (!Double.isNaN(spareNormal)) {
            double spare = spareNormal;
            spareNormal = Double.NaN;
            return spare;
        }
        double theta = 2 * Math.PI * nextDouble();
        double radius = Math.sqrt(-2 * StrictMath.log1p(-nextDouble()));
        spareNormal = radius * StrictMath.sin(theta);
        return radius * StrictMath.cos(theta);
    }

    /**
     * The order of {@code torch.randperm(n)}.
     *
     * @param n the length, 0 to 214,748,363: from there on PyTorch draws in another way
     * @return the numbers 0 to n - 1 in random order
     */
    public int[] randperm(int n) {
        if (n < 0 || n >= 214_748_364) {
            throw new IllegalArgumentException("randperm draws 0 to 214748363 numbers, but was asked for " + n + ".");
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = 0; i < n - 1; i++) {
            int other = i + nextInt(n - i);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
