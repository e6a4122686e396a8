package dev.netwright.testing;

/**
 * The seed of a test that draws what it tests: the same in every build, so that none fails by chance; a fresh one with
 * {@code -Dnetwright.seed=fresh}, as {@code -Pnightly} has it. It is printed, and repeats the run when given.
 */
public final class TestSeed {
    private static final String SEED = System.getProperty("netwright.seed", "1");

    private TestSeed() {}

    /**
     * Prints the seed and returns it.
     *
     * @param test what draws from it
     * @return the seed
     */
    public static long of(String test) {
        long seed = SEED.equals("fresh") ? System.nanoTime() : Long.parseLong(SEED);
        System.out.println(test + ": -Dnetwright.seed=" + seed);
        return seed;
    }
}
