package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever the annotations offer, in whatever combination: the numbers are the reference's. */
class RandomNetworksTest {
    private static final int NETWORKS = Integer.getInteger("netwright.networks", 300);
    private static final String SEED = System.getProperty("netwright.networks.seed", "1");
    private static final double MOST_NEAR_KINKS = 0.02;

    @Test
    void computeWhatTheReferenceComputes() {
        long seed = SEED.equals("fresh") ? System.nanoTime() & 0xFFFFFF : Long.parseLong(SEED);
        System.out.println(NETWORKS + " random networks, -Dnetwright.networks.seed=" + seed);
        NetworkRuns runs = NetworkRuns.of(seed, NETWORKS);
        System.out.println(runs.summary());
        assertThat(runs.failures()).as(runs.summary()).isEmpty();
        assertThat(runs.nearKinks()).as(runs.summary()).isLessThanOrEqualTo(MOST_NEAR_KINKS);
        for (Reach reach : Reach.values()) {
            assertThat(runs.share(reach)).as(reach + " of " + runs.summary()).isGreaterThanOrEqualTo(reach.percent);
        }
    }
}
