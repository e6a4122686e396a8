package dev.netwright.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Joined loops meet the addresses that each combination of iterations does. */
class RunsTest {
    private static final int ORIGIN = 4096;

    @Test
    void areTheAddressesOfAllIterations() {
        Random random = new Random(1);
        for (int n = 0; n < 20_000; n++) {
            List<Axis> loops = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                loops.add(new Axis(1 + random.nextInt(5), random.nextInt(41) - 8));
            }
            BitSet slow = new BitSet();
            boolean once = visit(ORIGIN, loops, slow);
            Runs runs = new Runs(ORIGIN, loops);
            BitSet fast = new BitSet();
            runs.forEach((from, to) -> fast.set(from, to));
            assertThat(fast).as(loops.toString()).isEqualTo(slow);
            assertThat(runs.first()).isEqualTo(slow.nextSetBit(0));
            assertThat(runs.end()).isEqualTo(slow.length());
            // interleaved loops are said to meet addresses twice though they do not; none are said to meet them once
            assertThat(!runs.once() || once).as(loops.toString()).isTrue();
        }
    }

    private static boolean visit(int at, List<Axis> loops, BitSet met) {
        if (loops.isEmpty()) {
            boolean first = !met.get(at);
            met.set(at);
            return first;
        }
        boolean once = true;
        Axis loop = loops.get(0);
        for (int i = 0; i < loop.extent(); i++) {
            once &= visit(at + i * loop.stride(), loops.subList(1, loops.size()), met);
        }
        return once;
    }

    @Test
    void areFewWhereLoopsGoOn() {
        // rows, columns and channels of an image with a border, and the taps of a convolution
        List<Axis> loops =
                List.of(new Axis(8, 160), new Axis(8, 16), new Axis(3, 160), new Axis(3, 16), new Axis(16, 1));
        int[] count = new int[1];
        new Runs(0, loops).forEach((from, to) -> count[0]++);
        assertThat(count[0]).isEqualTo(1);
    }
}
