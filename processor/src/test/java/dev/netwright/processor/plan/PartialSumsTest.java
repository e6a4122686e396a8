package dev.netwright.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums are cut into parts of 8 to 32 terms, without a change of their order. */
class PartialSumsTest {
    @ParameterizedTest
    @CsvSource({
        "5, 0, 5", // short sums stay whole
        "4 8, 0, 4 8",
        "33, 1, 3 11",
        "64, 1, 2 32",
        "1024, 1, 32 32",
        "32 32, 1, 32 32",
        "7 7, 0, 7 7", // what is a little long stays whole where nothing divides it
        "100 2, 1, 10 10 2",
        "3 40 2, 2, 3 4 10 2",
        "6 5 5, 1, 6 5 5",
        "16 9 3, 1, 16 9 3",
        "37 37, 1, 37 37", // primes up to 128 are parts
        "131 131, 2, 131 131", // longer ones are not
        "2000003, 1, 2000003",
        "131 9, 1, 131 9"
    })
    void ofLoops(String counts, int parts, String cut) {
        List<Loop> loops = new ArrayList<>();
        int stride = 1;
        List<Integer> each =
                Arrays.stream(counts.split(" ")).map(Integer::valueOf).toList();
        for (int i = each.size() - 1; i >= 0; i--) {
            loops.add(0, new Loop(each.get(i), List.of(stride, 0)));
            stride *= each.get(i);
        }
        PartialSums sums = PartialSums.of(new Nest(loops));
        assertThat(sums.loops().loops())
                .extracting(loop -> String.valueOf(loop.count()))
                .containsExactly(cut.split(" "));
        assertThat(sums.parts()).isEqualTo(parts);
        int next = 1;
        for (int i = sums.loops().loops().size() - 1; i >= 0; i--) {
            assertThat(sums.loops().loops().get(i).strides()).containsExactly(next, 0);
            next *= sums.loops().loops().get(i).count();
        }
    }
}
