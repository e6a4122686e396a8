package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Place.Array;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * What a step reads and writes of the memory that workers share, to find out which steps may run at the same time. In the
 * arena a place is a range of floats of every sample, elsewhere the floats from the first that is touched to the last.
 */
final class Touched {
    /** Floats of a sample up to which a border is told from what is within: the bits of this many are 2 MB. */
    private static final int LARGEST = 1 << 24;

    /**
     * One operand.
     *
     * @param array where it is
     * @param from the first float, of a sample's where there is one per sample
     * @param to behind the last
     * @param write whether it is written
     * @param border which floats of the sample, where only a border of a value is; null elsewhere
     * @param access to find them out of other operands
     * @param place of the operand
     */
    private record Range(Array array, int from, int to, boolean write, BitSet border, Access access, Place place) {
        boolean meets(Range other) {
            if (array != other.array || !write && !other.write || from >= other.to || other.from >= to) {
                return false;
            }
            boolean alike = from == other.from && to == other.to && array == Array.ARENA;
            return !alike || border == null && other.border == null || bits().intersects(other.bits());
        }

        /** Whether each sample of one is where the same sample of the other is. */
        boolean liesAs(Range other) {
            return place.batched() && other.place.batched() && from == other.from && to == other.to;
        }

        private BitSet bits() {
            return border != null ? border : bitsOf(access, place);
        }
    }

    private final List<Range> ranges = new ArrayList<>();

    Touched(Step step) {
        Map<String, Place> places = step.places();
        for (Access access : step.kernel().accesses(step.work())) {
            Place place = places.get(access.operand());
            Runs runs = access.runs(place.layout().offset(), Integer.MAX_VALUE);
            if (place.array() != Array.LOCAL && !runs.isEmpty()) {
                add(access, place, runs);
            }
        }
    }

    private void add(Access access, Place place, Runs runs) {
        boolean write = access.mode().isWrite();
        if (place.batched()) {
            boolean caller = place.array() != Array.ARENA;
            int size = caller ? 1 : place.layout().size();
            boolean apart = access.mode() == Access.Mode.BORDER && size <= LARGEST;
            BitSet border = apart ? bitsOf(access, place) : null;
            ranges.add(new Range(place.array(), place.base(), place.base() + size, write, border, access, place));
            return;
        }
        int from = place.base() + runs.first();
        int to = place.base() + runs.end();
        int last = ranges.size() - 1;
        // the many taps of one operand
        for (int i = last; i >= 0; i--) {
            Range known = ranges.get(i);
            if (known.place() == place && known.write() == write) {
                ranges.set(
                        i,
                        new Range(
                                place.array(),
                                Math.min(from, known.from()),
                                Math.max(to, known.to()),
                                write,
                                null,
                                access,
                                place));
                return;
            }
        }
        ranges.add(new Range(place.array(), from, to, write, null, access, place));
    }

    private static BitSet bitsOf(Access access, Place place) {
        int size = place.layout().size();
        BitSet bits = new BitSet(size);
        access.runs(place.layout().offset(), Integer.MAX_VALUE)
                .forEach((from, to) -> bits.set(Math.max(0, from), Math.max(0, Math.min(size, to))));
        return bits;
    }

    /** Whether one of two steps writes what the other touches, so that neither may begin before the other has ended. */
    boolean conflicts(Touched other) {
        return conflicts(other, false);
    }

    /** Whether they do so only within each sample by itself. */
    boolean isApartBySample(Touched other) {
        return !conflicts(other, true);
    }

    /** Loops without objects: in large networks there are millions of these questions. */
    private boolean conflicts(Touched other, boolean betweenSamples) {
        for (Range mine : ranges) {
            for (Range theirs : other.ranges) {
                if (mine.meets(theirs) && !(betweenSamples && mine.liesAs(theirs))) {
                    return true;
                }
            }
        }
        return false;
    }
}
