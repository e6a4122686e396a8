package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the samples of a chain of steps are shared. */
class WorkerTest {
    private static final int UNITS = 5;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "2, 1", "2, 3", "2, 4", "2, 64", "3, 5", "3, 13", "4, 16"})
    void theTurnsOfAllWorkersTakeEachUnitOnce(int workers, int samples) {
        for (int most = 0; most <= workers + 1; most++) {
            int[] taken = new int[UNITS * samples];
            for (Worker worker : Worker.of(Threads.of(workers))) {
                take(worker.among(most), samples, taken);
            }
            assertThat(taken).containsOnly(1);
        }
    }

    private static void take(Worker worker, int samples, int[] taken) {
        for (int turn = worker.firstTurn(samples); turn < worker.endTurn(samples); turn++) {
            int from = worker.from(UNITS, turn, samples);
            for (int unit = from; unit < worker.to(UNITS, turn, samples); unit++) {
                taken[unit]++;
            }
        }
    }

    @Test
    void onlyTheFirstWorkersOfATeamHaveShares() {
        for (Worker worker : Worker.of(Threads.of(5))) {
            Worker some = worker.among(2);
            assertThat(some.index()).isEqualTo(worker.index());
            assertThat(some.count()).isEqualTo(2);
            assertThat(some.end(8) - some.begin(8)).isEqualTo(worker.index() < 2 ? 4 : 0);
            assertThat(worker.among(0)).isSameAs(worker.among(1));
            assertThat(worker.among(9)).isSameAs(worker);
        }
    }
}
