package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Access.Padding;
import java.util.BitSet;
import java.util.List;

/**
 * What is known of one value's memory while a program is gone through: which of its floats a reader may rely on. Of an
 * element or a padding lane that is so once it was written, of a border while it is zero.
 */
final class Contents {
    /** Floats behind the last that vectors may reach: what the runtime keeps free behind its arrays. */
    private static final int SLACK = 64;

    private final String name;
    private final Place place;
    private final int size;
    private final boolean zeroed;
    /** Neighbouring elements from the first on, the padding lanes behind them, and from those to the next. */
    private final int elements;

    private final int lanes;
    private final int period;
    private final int offset;
    /** All that is neither element nor padding lane; null where there is nothing else. */
    private final BitSet border;

    private BitSet reliable;
    private String lost = "that nothing has written yet";

    /**
     * @param name for messages
     * @param place of the value, or of a temporary
     * @param zeroed whether it is zeros until something is written
     */
    Contents(String name, Place place, boolean zeroed) {
        this.name = name;
        this.place = place;
        this.size = place.layout().size();
        this.zeroed = zeroed;
        Layout layout = place.layout();
        List<Axis> axes = layout.inMemoryOrder();
        int run = 1;
        int next = axes.size() - 1;
        while (next >= 0
                && axes.get(next).stride() == run
                && run * axes.get(next).extent() <= layout.lanes()) {
            run *= axes.get(next--).extent();
        }
        this.elements = run;
        this.lanes = Math.max(run, layout.lanes());
        this.period = Math.max(lanes, next >= 0 ? axes.get(next).stride() : size);
        this.offset = layout.offset();
        int inside = axes.subList(0, next + 1).stream().mapToInt(Axis::extent).reduce(lanes, Math::multiplyExact);
        border = inside == size ? null : border(withLanes(axes, next));
    }

    private BitSet border(Runs inside) {
        BitSet rest = new BitSet(size);
        rest.set(0, size);
        inside.forEach((from, to) -> rest.clear(Math.max(0, from), Math.min(size, to)));
        return rest.isEmpty() ? null : rest;
    }

    private Runs withLanes(List<Axis> axes, int outer) {
        List<Axis> loops = new java.util.ArrayList<>(axes.subList(0, outer + 1));
        loops.add(new Axis(lanes, 1));
        return new Runs(offset, loops);
    }

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    boolean isZeroed() {
        return zeroed;
    }

    boolean isLost() {
        return reliable == null;
    }

    /** What the memory holds instead. */
    String lost() {
        return lost;
    }

    boolean overlaps(Place other) {
        return place.array() == other.array()
                && place.base() < other.base() + other.layout().size()
                && other.base() < place.base() + size;
    }

    /** Something else was written here. */
    void lose(String to) {
        if (reliable != null) {
            reliable = null;
            lost = "that " + to + " has overwritten";
        }
    }

    /** Nothing of the value is here yet, but zeros around it may be. */
    void begin(BitSet dirty) {
        reliable = new BitSet(size);
        if (zeroed) {
            reliable.set(0, size);
            new Runs(offset, place.layout().inMemoryOrder()).forEach((from, to) -> reliable.clear(from, to));
            if (dirty != null) {
                reliable.andNot(dirty);
            }
        }
    }

    /** What of a border that was zero at first is not at the end. */
    BitSet dirty() {
        if (!zeroed || border == null || reliable == null) {
            return null;
        }
        BitSet dirty = (BitSet) border.clone();
        dirty.andNot(reliable);
        return dirty.isEmpty() ? null : dirty;
    }

    /** Neighbouring elements before padding lanes begin. */
    int elements() {
        return elements;
    }

    boolean isPadded() {
        return lanes > elements;
    }

    private boolean isPadding(int address) {
        int lane = Math.floorMod(address - offset, period);
        return lane >= elements && lane < lanes;
    }

    /** The first address from one on that is no padding lane. */
    private int behindPadding(int address) {
        return address + lanes - Math.floorMod(address - offset, period);
    }

    private boolean hasPadding(int from, int to) {
        int lane = Math.floorMod(from - offset, period);
        if (!isPadded()) {
            return false;
        }
        int next = lane < elements ? elements - lane : lane < lanes ? 0 : period - lane + elements;
        return from + next < to;
    }

    /** What is wrong with reading floats, or null. */
    String read(Runs runs, Padding padding) {
        String outside = bounds(runs, padding == Padding.LANES || padding == Padding.ANY ? SLACK : 0);
        if (outside != null || padding == Padding.ANY) {
            return outside;
        }
        boolean anyPadding = padding == Padding.NONE && isPadded();
        if (!anyPadding && reliable.nextClearBit(runs.first()) >= runs.end()) {
            return null;
        }
        Stretch known = new Stretch();
        String[] wrong = new String[1];
        runs.forEach((from, to) -> {
            if (wrong[0] == null && padding == Padding.NONE && hasPadding(from, to)) {
                wrong[0] = "reads padding lanes as if they were elements";
            }
            int at = unreliable(from, known);
            while (at < to && wrong[0] == null && padding == Padding.LANES && isPadding(at)) {
                at = unreliable(behindPadding(at), known);
            }
            if (at < to && wrong[0] == null) {
                wrong[0] = "reads " + describe(at);
            }
        });
        return wrong[0];
    }

    /**
     * The first float from one on that may not be relied on.
     *
     * @param known where such floats were looked for before
     */
    private int unreliable(int from, Stretch known) {
        if (!known.has(from, from + 1)) {
            known.set(from, reliable.nextClearBit(from));
        }
        return known.end();
    }

    /** Whether all floats may be relied on, padding lanes too. */
    boolean isReliable(Runs runs) {
        if (reliable.nextClearBit(runs.first()) >= runs.end()) {
            return true;
        }
        Stretch known = new Stretch();
        boolean[] all = {true};
        runs.forEach((from, to) -> all[0] &= unreliable(from, known) >= to);
        return all[0];
    }

    private String describe(int address) {
        if (isPadding(address)) {
            return "float " + address + ", a padding lane that nothing has written";
        } else if (border != null && border.get(address)) {
            return "float " + address + " of the border, which is not zero";
        }
        return "float " + address + ", which nothing has written";
    }

    /** What is wrong with the range of some floats, or null. */
    String bounds(Runs runs, int slack) {
        boolean outside = !runs.isEmpty() && (runs.first() < 0 || runs.end() > size + slack);
        return outside ? "reaches from float " + runs.first() + " up to " + runs.end() + ", of " + size : null;
    }

    /**
     * Floats are there now.
     *
     * @param lanesWritten as many elements of each vector are known, and padding lanes as well if it is 0
     */
    void write(Runs runs, Access.Mode mode, int lanesWritten) {
        runs.forEach((from, to) -> {
            if (mode == Access.Mode.BORDER) {
                writeBorder(from, to);
                return;
            }
            reliable.set(from, to);
            if (border != null && mode != Access.Mode.ZERO) {
                each(border, from, to, reliable::clear);
            }
            if (lanesWritten > 0 && isPadded()) {
                for (int at = from; at < to; at++) {
                    if (isPadding(at)) {
                        int end = Math.min(to, behindPadding(at));
                        reliable.clear(at, end);
                        at = end;
                    } else {
                        at += Math.max(0, elements - 1 - Math.floorMod(at - offset, period));
                    }
                }
            }
        });
    }

    /** Elements that are cleared with a border are not there any more. */
    private void writeBorder(int from, int to) {
        reliable.clear(from, to);
        if (border != null) {
            each(border, from, to, reliable::set);
        }
    }

    private static void each(BitSet bits, int from, int to, Runs.Visitor visitor) {
        int at = bits.nextSetBit(from);
        while (at >= 0 && at < to) {
            int end = Math.min(to, bits.nextClearBit(at));
            visitor.run(at, end);
            at = bits.nextSetBit(end);
        }
    }
}
