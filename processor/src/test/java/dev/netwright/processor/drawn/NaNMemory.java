package dev.netwright.processor.drawn;

import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.Step;
import dev.netwright.runtime.generated.Program;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Fills a program's memory with NaN before it runs, so that reading what was never written shows. Only what the plan
 * says is 0 where nobody writes it stays as it is: padding lanes, which kernels may write, and borders, which nobody may
 * and which must be 0.
 */
final class NaNMemory {
    /**
     * A value that has its memory for itself.
     *
     * @param name of the value
     * @param base first float, per sample of capacity
     * @param size floats of a sample
     * @param elements those that the value's elements take
     * @param lanes those and the padding lanes behind them
     * @param gaps whether the others are more than what vectors may reach behind the last element
     */
    private record Owned(String name, int base, int size, BitSet elements, BitSet lanes, boolean gaps) {}

    /** Floats before the first of a program's own memory. */
    private static final int LEAD = 12;

    private final Object program;
    private final Plan.Program plan;
    private final List<Owned> owned = new ArrayList<>();
    private final BitSet live = new BitSet();
    private final BitSet liveScratch = new BitSet();

    NaNMemory(Program program, Plan.Program plan) {
        this.program = program;
        this.plan = plan;
        for (Plan.Stored stored : plan.stored()) {
            // a border of a few floats may hide in what sizes are rounded up by
            if (stored.zeroed()) {
                Place place = stored.place();
                owned.add(new Owned(
                        stored.value().name(),
                        place.base(),
                        place.layout().size(),
                        elements(place.layout(), false),
                        elements(place.layout(), true),
                        place.layout().hasGaps() && !mayFillBorder(stored.value())));
            }
        }
        for (Step step : plan.steps()) {
            if (step.phase() == Phase.FORWARD || step.phase() == Phase.LOSS) {
                step.operands().forEach(this::keep);
            }
        }
        plan.losses().forEach(loss -> keep(loss.place()));
    }

    /** Sparse gradients are added up in the border too, which is cleared afterwards only where somebody reads it. */
    private boolean mayFillBorder(Value value) {
        List<Step> making = plan.steps().stream()
                .filter(step -> step.node().outputs().contains(value))
                .toList();
        return making.stream().anyMatch(step -> step.kernel() instanceof SparseKernel.InputGradient)
                && making.stream().noneMatch(step -> step.kernel() instanceof Kernel.ClearBorder);
    }

    private void keep(Place place) {
        BitSet bits = switch (place.array()) {
            case ARENA -> live;
            case SCRATCH -> liveScratch;
            default -> new BitSet();
        };
        bits.set(place.base(), place.base() + Layout.roundUp(place.layout().size()));
    }

    /** The floats that a layout's elements take; with the padding lanes behind them if those are wanted. */
    private static BitSet elements(Layout layout, boolean lanes) {
        int run = 1;
        List<Integer> starts = List.of(layout.offset());
        for (Axis axis : layout.inMemoryOrder()) {
            if (axis.stride() == 1) {
                run = axis.extent();
                continue;
            }
            List<Integer> further = new ArrayList<>();
            for (int start : starts) {
                for (int i = 0; i < axis.extent(); i++) {
                    further.add(start + i * axis.stride());
                }
            }
            starts = further;
        }
        BitSet elements = new BitSet(layout.size());
        for (int start : starts) {
            elements.set(start, start + (lanes ? Math.max(run, layout.lanes()) : run));
        }
        return elements;
    }

    /** Before a forward pass of so many samples at a time. */
    void fill(int samples) {
        reserve(samples);
        float[] arena = floats("arena");
        int capacity = capacity();
        requireZeros("before a pass");
        int used = Math.min(arena.length, plan.arena() * capacity + 80);
        float[] before = Arrays.copyOf(arena, used);
        Arrays.fill(arena, 0, used, Float.NaN);
        restoreGaps(before, arena, capacity);
        Arrays.fill(floats("scratch"), Float.NaN);
        Arrays.fill(floats("local"), Float.NaN);
    }

    /** Before a backward pass: all that no step before it has written. */
    void fillBackward() {
        float[] arena = floats("arena");
        int capacity = capacity();
        requireZeros("before a backward pass");
        float[] before = Arrays.copyOf(arena, Math.min(arena.length, plan.arena() * capacity + 80));
        for (int from = live.nextClearBit(0); from < plan.arena(); from = live.nextClearBit(from)) {
            int to = live.nextSetBit(from);
            to = to < 0 ? plan.arena() : Math.min(to, plan.arena());
            Arrays.fill(arena, LEAD + from * capacity, LEAD + to * capacity, Float.NaN);
            from = to;
        }
        restoreGaps(before, arena, capacity);
        float[] scratch = floats("scratch");
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = i >= LEAD && liveScratch.get(i - LEAD) ? scratch[i] : Float.NaN;
        }
        Arrays.fill(floats("local"), Float.NaN);
    }

    private void restoreGaps(float[] before, float[] arena, int capacity) {
        for (Owned value : owned) {
            for (int sample = 0; sample < capacity; sample++) {
                int start = LEAD + value.base * capacity + sample * value.size;
                for (int i = value.elements.nextClearBit(0); i < value.size; i = value.elements.nextClearBit(i + 1)) {
                    arena[start + i] = before[start + i];
                }
            }
        }
    }

    /** Fails if something was written where the plan relies on zeros. */
    void requireZeros(String when) {
        float[] arena = floats("arena");
        int capacity = capacity();
        for (Owned value : owned) {
            for (int sample = 0; sample < capacity && value.gaps; sample++) {
                int start = LEAD + value.base * capacity + sample * value.size;
                for (int i = value.lanes.nextClearBit(0); i < value.size; i = value.lanes.nextClearBit(i + 1)) {
                    if (arena[start + i] != 0) {
                        throw new AssertionError(when + " float " + i + " of " + value.name + ", in sample " + sample
                                + ", is " + arena[start + i] + ", but belongs to no element and must stay 0");
                    }
                }
            }
        }
    }

    /** What was derived from weights that have changed since: all of it that the last derivation wrote. */
    static void fillPrepared(float[] prepared) {
        for (int i = 0; i < prepared.length; i++) {
            prepared[i] = prepared[i] == 0 ? 0 : Float.NaN;
        }
    }

    int capacity() {
        return (int) get("capacity");
    }

    private float[] floats(String name) {
        return (float[]) get(name);
    }

    private Object get(String name) {
        try {
            return field(name).get(program);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = Program.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private void reserve(int samples) {
        try {
            Method reserve = Program.class.getDeclaredMethod("reserve", int.class);
            reserve.setAccessible(true);
            reserve.invoke(program, samples);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the program take fewer samples at a time than planned, where it may split a batch at all. */
    static void split(Program program, int samples) {
        try {
            Field field = field("microBatch");
            if (field.getInt(program) > samples) {
                field.setInt(program, samples);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many samples of a batch the program takes at a time. */
    static int part(Program program, int samples) {
        try {
            int part = field("microBatch").getInt(program);
            return part == 0 ? samples : Math.min(part, samples);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
