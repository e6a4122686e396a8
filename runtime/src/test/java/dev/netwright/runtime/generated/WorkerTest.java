package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Threads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the samples of a chain of steps are shared. */
class WorkerTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "2, 1", "2, 3", "2, 4", "2, 64", "3, 5", "3, 13", "4, 16"})
    void theTurnsOfAllWorkersTakeEachUnitOnce(int workers, int samples) {
        int units = 5;
        int[] taken = new int[units * samples];
        for (Worker worker : Worker.of(Threads.of(workers))) {
            for (int turn = worker.firstTurn(samples); turn < worker.endTurn(samples); turn++) {
                int from = worker.from(units, turn, samples);
                for (int unit = from; unit < worker.to(units, turn, samples); unit++) {
                    taken[unit]++;
                }
            }
        }
        assertThat(taken).containsOnly(1);
    }
}
