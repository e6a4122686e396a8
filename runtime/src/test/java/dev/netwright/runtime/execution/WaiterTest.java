package dev.netwright.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WaiterTest {
    private static final int ATTEMPTS = 1_000;

    private final AtomicInteger sleepers = new AtomicInteger();

    /** However long a turn takes: interpreted at first, and compiled in the end. */
    @Test
    void waitsActivelyForATimeAndNotForANumberOfTurns() {
        assertThat(shortest(() -> new Waiter(true, sleepers)))
                .isBetween(TimeUnit.MICROSECONDS.toNanos(50), TimeUnit.MICROSECONDS.toNanos(100));
    }

    @Test
    void waitsLessWhereItWasInVainAndAsBeforeWhereItWasNot() {
        Waiter waiter = new Waiter(true, sleepers);
        nanos(waiter);
        assertThat(shortest(() -> waiter)).isLessThan(TimeUnit.MICROSECONDS.toNanos(20));
        assertThat(shortest(() -> {
                    for (int success = 0; success < 7; success++) {
                        waiter.done();
                    }
                    return waiter;
                }))
                .isBetween(TimeUnit.MICROSECONDS.toNanos(50), TimeUnit.MICROSECONDS.toNanos(100));
    }

    private static long shortest(Supplier<Waiter> waiters) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS; i++) {
            shortest = Math.min(shortest, nanos(waiters.get()));
        }
        return shortest;
    }

    /** How long it waits actively. */
    private static long nanos(Waiter waiter) {
        long begin = System.nanoTime();
        int turns = 0;
        while (waiter.isAwake(turns)) {
            turns = waiter.turn(turns);
        }
        long nanos = System.nanoTime() - begin;
        waiter.done();
        return nanos;
    }

    @Test
    void countsThoseWhoSleepUntilTheyAreDone() {
        Waiter first = new Waiter(false, sleepers);
        Waiter second = new Waiter(false, sleepers);
        assertThat(first.isAwake(first.turn(0))).isFalse();
        assertThat(sleepers).hasValue(1);
        second.turn(0);
        assertThat(sleepers).hasValue(2);
        first.done();
        first.done();
        assertThat(sleepers).hasValue(1);
        second.done();
        assertThat(sleepers).hasValue(0);
    }

    @Test
    void aWakeUpAfterTheAnnouncementIsNotLost() {
        Waiter waiter = new Waiter(false, sleepers);
        int turns = waiter.turn(0);
        waiter.wake();
        // returns at once, or the test runs out of time
        waiter.turn(turns);
        waiter.done();
    }
}
