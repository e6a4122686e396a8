package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How a long sum is cut: short parts are added up one after another, and the parts with what rounding loses of each.
 * Its error then does not grow with its length, at hardly more work: one term in eight or more costs four additions
 * instead of one. Measured on 64 images of 32 x 32, the gradient of a convolution's bias before a batch normalisation,
 * 0 in exact arithmetic, is 0.03 instead of 0.1, before a group normalisation of all channels wrong by 0.004 instead of
 * 0.25; PyTorch has 0.03 and 0.008.
 *
 * @param loops of the sum; one of them may be two of what was one
 * @param parts how many of the outer ones go from part to part; 0 for a short sum, which is one part
 */
record PartialSums(Nest loops, int parts) {
    private static final int SHORTEST = 8;

    private static final int LONG = 32;

    /** For loops that have no shorter part: longer ones err more, single terms take four times as long. */
    private static final int LONGEST = 128;

    static PartialSums of(Nest sum) {
        List<Loop> loops = new ArrayList<>(sum.loops());
        int inner = 1;
        int parts = loops.size();
        while (parts > 0 && (long) inner * loops.get(parts - 1).count() <= LONG) {
            parts--;
            inner *= loops.get(parts).count();
        }
        if (parts == 0) {
            return new PartialSums(sum, 0);
        }
        Loop loop = loops.get(parts - 1);
        int length = length(loop.count(), inner);
        if (length == loop.count()) {
            parts--;
        } else if (length > 1) {
            List<Integer> steps = loop.strides().stream().map(s -> s * length).toList();
            loops.set(parts - 1, new Loop(loop.count() / length, steps));
            loops.add(parts, new Loop(length, loop.strides()));
        }
        return new PartialSums(new Nest(loops), parts);
    }

    /** How much of a loop makes a part with the loops inside; 1 also where nothing divides it, as with long primes. */
    private static int length(int count, int inner) {
        IntPredicate divides = length -> count % length == 0;
        return IntStream.iterate(LONG / inner, length -> length * inner >= SHORTEST, length -> length - 1)
                .filter(divides)
                .findFirst()
                .orElse(IntStream.rangeClosed(1, LONGEST / inner)
                        .filter(length -> length * inner > LONG)
                        .filter(divides)
                        .findFirst()
                        .orElse(1));
    }
}
