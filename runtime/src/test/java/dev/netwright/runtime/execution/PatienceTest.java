package dev.netwright.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long FOREVER = Long.MAX_VALUE / 2;

    private final Patience patience = new Patience();

    /** Nanoseconds that it waits actively for what comes after so many, in looks of 500. */
    private long waits(long coming) {
        long now = 0;
        patience.begin(now);
        while (now < coming) {
            now += 500;
            if (!patience.lasts(now)) {
                patience.inVain();
                return now;
            }
        }
        patience.rewarded();
        return now;
    }

    @Test
    void waitsForAWakeUp() {
        assertThat(waits(FOREVER)).isEqualTo(70_000);
        assertThat(new PatienceTest().waits(60_000)).isEqualTo(60_000);
    }

    @Test
    void waitsLessWhereItIsInVain() {
        long waited = 0;
        for (int i = 0; i < 320; i++) {
            waited += waits(FOREVER);
        }
        assertThat(waited).isLessThan(320 * 5_000);
    }

    @Test
    void findsThatWaitingHasSenseAgain() {
        for (int i = 0; i < 10; i++) {
            waits(FOREVER);
        }
        for (int i = 0; i < 32; i++) {
            waits(20_000);
        }
        assertThat(waits(20_000)).isEqualTo(20_000);
        assertThat(waits(50_000)).isEqualTo(50_000);
    }
}
