package dev.netwright.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes last, in teams of one word, of a tree and of a deep one. */
class ArrivalsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 17, 63, 64, 65, 513})
    void onlyTheLastIsToldAndNobodyHasComeThen(int members) {
        Arrivals arrivals = new Arrivals(members);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, members).boxed().toList());
        Random random = new Random(members);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(order, random);
            for (int i = 0; i < members; i++) {
                assertThat(arrivals.isPartial()).isEqualTo(i > 0);
                assertThat(arrivals.arrive(order.get(i))).isEqualTo(i == members - 1);
            }
            assertThat(arrivals.isPartial()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 65})
    void forgetsWhoHasCome(int members) {
        Arrivals arrivals = new Arrivals(members);
        arrivals.arrive(0);
        arrivals.reset();
        assertThat(arrivals.isPartial()).isFalse();
        for (int member = 0; member < members; member++) {
            assertThat(arrivals.arrive(member)).isEqualTo(member == members - 1);
        }
    }
}
