package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Floats that a kernel touches of one operand: those of every combination of some loops, counted from the operand's
 * first element.
 *
 * @param operand the name of one of the kernel's operands
 * @param mode what is done to them
 * @param padding what happens to padding lanes among them
 * @param sample floats from one sample to the next; 0 where all samples share them
 * @param start the first float
 * @param loops iterations and strides, in any order
 * @param lanes neighbours that are touched in vectors in each iteration, of which a value may have fewer
 */
public record Access(String operand, Mode mode, Padding padding, int sample, int start, List<Axis> loops, int lanes) {
    /** What a kernel does to an operand. */
    public enum Mode {
        READ,
        WRITE,
        /** Adds to what is there. */
        UPDATE,
        /** Sets to zero what else would be anything. */
        ZERO,
        /** Sets a border to zero; elements are written afterwards. */
        BORDER;

        public boolean isRead() {
            return this == READ || this == UPDATE;
        }

        public boolean isWrite() {
            return this != READ;
        }
    }

    /** Whether padding lanes are among what is touched, and where to they flow. */
    public enum Padding {
        /** There are none: each float that is read is an element or a zero of the border. */
        NONE,
        /** They are kept, so that something must have written them. */
        KEPT,
        /** They flow to padding lanes alone. */
        LANES,
        /** As {@link #LANES}, from whatever lies behind some elements. */
        ANY
    }

    public Access {
        loops = List.copyOf(loops);
    }

    static Access of(String operand, Mode mode, Padding padding) {
        return new Access(operand, mode, padding, 0, 0, List.of(), 1);
    }

    static Access read(String operand) {
        return of(operand, Mode.READ, Padding.NONE);
    }

    static Access write(String operand) {
        return of(operand, Mode.WRITE, Padding.LANES);
    }

    static Access update(String operand) {
        return of(operand, Mode.UPDATE, Padding.LANES);
    }

    /** Of an operand that another kernel calls otherwise. */
    Access of(String other) {
        return new Access(other, mode, padding, sample, start, loops, lanes);
    }

    Access with(Padding other) {
        return new Access(operand, mode, other, sample, start, loops, lanes);
    }

    Access with(Mode other) {
        return new Access(operand, other, padding, sample, start, loops, lanes);
    }

    Access samples(int stride) {
        return new Access(operand, mode, padding, stride, start, loops, lanes);
    }

    Access from(int floats) {
        return new Access(operand, mode, padding, sample, start + floats, loops, lanes);
    }

    /** In every iteration of a further loop. */
    Access loop(int count, int stride) {
        List<Axis> more = new ArrayList<>(loops);
        more.add(new Axis(count, stride));
        return new Access(operand, mode, padding, sample, start, more, lanes);
    }

    /** In every iteration of several, one within the other. */
    Access loops(List<Integer> counts, List<Integer> strides) {
        Access all = this;
        for (int i = 0; i < counts.size(); i++) {
            all = all.loop(counts.get(i), strides.get(i));
        }
        return all;
    }

    /** Neighbours. */
    Access floats(int count) {
        return loop(count, 1);
    }

    Access axis(Axis axis) {
        return loop(axis.extent(), axis.stride());
    }

    /** A vector of lanes, or several. */
    Access lanes(int count) {
        return new Access(operand, mode, padding, sample, start, loops, count);
    }

    /**
     * The addresses.
     *
     * @param first of the operand's first element
     * @param most lanes at most
     */
    Runs runs(int first, int most) {
        List<Axis> axes = new ArrayList<>(loops);
        axes.add(new Axis(Math.min(lanes, most), 1));
        return new Runs(first + start, axes);
    }

    /** All loops of a nest, by the strides of one of its operands. */
    Access nest(Nest nest, int stride) {
        Access access = this;
        for (Nest.Loop loop : nest.loops()) {
            access = access.loop(loop.count(), loop.stride(stride));
        }
        return access;
    }
}
