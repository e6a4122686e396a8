package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The largest or mean of windows. Operands: out, [index], in, shifts.
 *
 * @param shifts of the windows along each axis where these have any
 * @param ends see {@link NarrowLines}
 */
public record Pool(
        List<PoolAxis> axes,
        Nest.Loop channels,
        int outSample,
        int inSample,
        boolean max,
        PoolIndex index,
        boolean countIncludePad,
        int divisor,
        List<Shift> shifts,
        int ends)
        implements Kernel {
    /**
     * How far windows are shifted, by window and channel; along channels, the strides are those behind the loop's third.
     *
     * @param axis which of the pool's
     * @param window floats from a window to the next
     * @param sample floats from a sample to the next
     */
    public record Shift(int axis, int window, int sample) {}

    public Pool {
        axes = List.copyOf(axes);
        shifts = List.copyOf(shifts);
    }

    /** Along channels. */
    public int shiftStride(int shift) {
        return channels.stride(3 + shift);
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("out")
                .floatsIf(index != null, "index")
                .floats("in")
                .numbered("shift", shifts.size())
                .list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(PoolAccesses.windows(Access.read("in").samples(inSample), axes, channels));
        accesses.add(PoolAccesses.pooled(Access.write("out").samples(outSample), axes, channels));
        if (index != null) {
            accesses.add(PoolAccesses.indices(Access.write("index"), index, axes, channels));
        }
        for (int i = 0; i < shifts.size(); i++) {
            Shift shift = shifts.get(i);
            accesses.add(Access.read("shift" + i)
                    .with(Access.Padding.ANY)
                    .samples(shift.sample())
                    .loop(axes.get(shift.axis()).windows().output(), shift.window())
                    .loop(channels.count(), shiftStride(i)));
        }
        return accesses;
    }
}
