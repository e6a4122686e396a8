package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.plan.Place.Array;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What must hold of every plan; anything else is an error of the compiler's own. A program is gone through step by step
 * with what its kernels say they touch: whatever is read was written before by a step of the node that computes it and
 * is still there, borders that are read are zeros, and nothing lies outside its memory. The planner's own tables are
 * asked only where values were put.
 */
public final class PlanVerifier {
    private final String name;
    private final Graph graph;
    private final Plan.Program program;
    /** Values whose memory others see under another shape, by what sees them. */
    private final Map<Integer, Value> viewed = new HashMap<>();

    /** How these then lie. */
    private final Map<Integer, Layout> views = new HashMap<>();

    private final Map<Integer, Plan.Stored> stored = new HashMap<>();
    /** Those whose memory is zero until they are written, by where it begins. */
    private final TreeMap<Integer, Plan.Stored> zeroed = new TreeMap<>();

    private final Map<Integer, Contents> buffers = new HashMap<>();
    private final Map<Node, List<Contents>> temporaries = new IdentityHashMap<>();
    /** What lies where, by where it begins: all that is not lost. */
    private final Map<Array, NavigableMap<Integer, Contents>> live = new EnumMap<>(Array.class);

    /** What a run leaves in borders that were zero at first, by buffer. */
    private final Map<String, BitSet> dirty = new HashMap<>();

    private final OtherArrays others;
    private Step step;
    private boolean lanesUndefined;
    private int lanesDefined;
    /** Lanes of the step's vectors that are elements: as many as the narrowest value has. */
    private int realLanes;

    private PlanVerifier(String name, ParameterPlan parameters, Plan.Program program) {
        this.name = name;
        this.graph = program.graph();
        this.program = program;
        this.others = new OtherArrays(parameters, program);
    }

    /**
     * Goes through a program.
     *
     * @param name of the program, for messages
     * @throws IllegalStateException naming the program, the step, the operand, the value and what is wrong
     */
    public static void verify(String name, ParameterPlan parameters, Plan.Program program) {
        new PlanVerifier(name, parameters, program).verify();
    }

    private void verify() {
        collect();
        run();
        buffers.values().forEach(buffer -> {
            BitSet left = buffer.dirty();
            if (left != null) {
                dirty.put(buffer.name(), left);
            }
        });
        if (!dirty.isEmpty()) {
            // what one run leaves in a border is there in the next
            run();
        }
    }

    private void collect() {
        for (Plan.Stored each : program.stored()) {
            Place place = each.place();
            check(
                    place.base() >= 0 && place.base() + place.layout().size() <= program.arena(),
                    each.value() + " lies outside the arena of " + program.arena());
            stored.put(each.value().id(), each);
        }
        for (Plan.Stored each : program.stored()) {
            if (each.zeroed()) {
                requireApart(each.place(), each.value().toString());
                zeroed.put(each.place().base(), each);
            }
        }
        for (Node node : graph.nodes()) {
            if (Primitive.isView(node.operator())
                    && !stored.containsKey(node.output().id())) {
                Value input = node.inputs().get(0);
                viewed.put(node.output().id(), root(input));
                Layout lies = views.containsKey(input.id())
                        ? views.get(input.id())
                        : stored.containsKey(input.id())
                                ? stored.get(input.id()).place().layout()
                                : null;
                if (lies != null) {
                    views.put(node.output().id(), Views.of(node, lies).orElseThrow());
                }
            }
        }
    }

    /** Memory that stays zero where a value leaves it so is nobody else's. */
    private void requireApart(Place place, String what) {
        Map.Entry<Integer, Plan.Stored> below =
                zeroed.lowerEntry(place.base() + place.layout().size());
        boolean apart = below == null
                || below.getKey() + below.getValue().place().layout().size() <= place.base();
        check(apart, what + " begins where " + (apart ? "" : below.getValue().value()) + " relies on zeros");
    }

    private Value root(Value value) {
        return viewed.getOrDefault(value.id(), value);
    }

    private void run() {
        buffers.clear();
        temporaries.clear();
        live.clear();
        others.clear();
        program.prepare().forEach(this::run);
        boolean watched = program.losses().isEmpty();
        for (Step each : program.steps()) {
            if (!watched && each.phase().compareTo(Node.Phase.LOSS) > 0) {
                step = null;
                program.watched().forEach(kept -> requireWhole("the watched " + kept.layer(), kept.place()));
                watched = true;
            }
            run(each);
        }
        program.outputs().forEach(this::run);
        step = null;
        program.kept().forEach(kept -> requireWhole("the kept " + kept.layer(), kept.place()));
        for (Plan.PlannedLoss loss : program.losses()) {
            requireWhole("the loss " + loss.term().value(), loss.place());
        }
        for (LossTerm loss : graph.losses()) {
            requireStored(loss.value());
        }
        program.inputGradients().forEach(place -> requireWhole("an input's gradient", place));
        for (Plan.Statistics statistics : program.statistics()) {
            requireWhole("a mean", statistics.mean());
            requireWhole("a variance", statistics.variance());
        }
    }

    private void run(Step current) {
        step = current;
        lanesUndefined = false;
        lanesDefined = 0;
        realLanes = Integer.MAX_VALUE;
        List<Contents> touched = new ArrayList<>();
        int given = current.operands().size();
        int operands = current.kernel().operands().size();
        check(given == operands, "has " + given + " places for " + operands + " operands");
        Map<String, Place> places = current.places();
        List<Access> accesses = current.kernel().accesses(current.work());
        for (Access access : accesses) {
            Place place = places.get(access.operand());
            if (access.lanes() > 1 && (place.array() == Array.ARENA || place.array() == Array.SCRATCH)) {
                realLanes = Math.min(realLanes, buffer(access, place).elements());
            }
        }
        String misaligned = new Alignment(current, places).wrong();
        check(misaligned == null, misaligned);
        for (Access access : accesses) {
            touch(access, places.get(access.operand()), touched);
        }
        for (Contents buffer : touched) {
            if (buffer.isLost()) {
                check(false, "writes over " + buffer.name() + ", which it touches too");
            }
        }
    }

    private void touch(Access access, Place place, List<Contents> touched) {
        Runs runs = access.runs(place.layout().offset(), Integer.MAX_VALUE);
        if (runs.isEmpty()) {
            return;
        }
        check(
                access.sample() == place.sampleStride(),
                access,
                place.array().toString(),
                () -> "goes on by " + access.sample() + " from a sample to the next, not by " + place.sampleStride());
        boolean writes = access.mode() == Access.Mode.WRITE;
        check(!writes || runs.once(), access, place.array().toString(), () -> "writes floats more than once");
        switch (place.array()) {
            case ARENA, SCRATCH -> touched.add(memory(access, place, runs));
            default -> {
                String wrong = others.wrong(access, place, runs);
                check(wrong == null, access, place.array().toString(), () -> wrong);
            }
        }
    }

    private Contents memory(Access access, Place place, Runs runs) {
        Contents buffer = buffer(access, place);
        String value = buffer.name();
        check(isSeenAsWritten(buffer, place), access, value, () -> "is not seen as it lies, by " + place.layout());
        if (access.mode().isRead()) {
            check(!buffer.isLost(), access, value, () -> "reads memory " + buffer.lost());
            Access.Padding padding = padding(access);
            Runs needed =
                    padding == Access.Padding.LANES ? access.runs(place.layout().offset(), realLanes) : runs;
            String wrong = buffer.read(needed, padding);
            check(wrong == null, access, value, () -> wrong);
            if (padding == Access.Padding.LANES && !buffer.isReliable(runs)) {
                lanesUndefined = true;
                lanesDefined = Math.min(realLanes, buffer.elements());
            }
        }
        if (access.mode().isWrite()) {
            if (buffer.isLost()) {
                begin(buffer, place);
            }
            String outside = buffer.bounds(runs, 0);
            check(outside == null, access, value, () -> outside);
            if (access.padding() != Access.Padding.ANY) {
                buffer.write(runs, access.mode(), lanesUndefined ? lanesDefined : 0);
            }
        }
        return buffer;
    }

    /** Gradients are gone over with their padding lanes; kernels of vectors have these cleared afterwards. */
    private Access.Padding padding(Access access) {
        boolean kept = access.padding() == Access.Padding.LANES
                && access.lanes() == 1
                && step.operands().stream().anyMatch(other -> other.array() == Array.GRADIENTS);
        return kept ? Access.Padding.KEPT : access.padding();
    }

    /**
     * Whether an operand's axes are those of the value, or of a view of it that the node reads, unless the step takes a
     * section or the border with it.
     */
    private boolean isSeenAsWritten(Contents buffer, Place place) {
        return Primitive.takesSection(Primitive.Fused.anchor(step.node()))
                || axes(buffer.place().layout()).equals(axes(place.layout()))
                || step.node().inputs().stream().anyMatch(input -> isView(input, place));
    }

    private boolean isView(Value input, Place place) {
        Layout view = views.get(input.id());
        return view != null
                && stored.containsKey(root(input).id())
                && isAt(stored.get(root(input).id()).place(), place)
                && isBegun(view, place.layout().offset())
                && axes(view).equals(axes(place.layout()));
    }

    /**
     * Whether an operand begins where a view does, or, as parts of a product's lanes do, at one of its vectors, or, as the
     * phases of a gradient by the input do, at one of its places.
     */
    private boolean isBegun(Layout view, int begin) {
        int further = begin - view.offset();
        Primitive anchor = Primitive.Fused.anchor(step.node());
        return further == 0
                || anchor instanceof Primitive.MatMul && further > 0 && further % Layout.LANES == 0
                || anchor instanceof Primitive.ConvolveInputGradient && isPlace(view, further);
    }

    private static boolean isPlace(Layout view, int further) {
        int rest = further;
        List<Axis> byStride = axes(view).stream()
                .sorted(Comparator.comparingInt(Axis::stride).reversed())
                .toList();
        for (Axis axis : byStride) {
            rest -= Math.min(rest / axis.stride(), axis.extent() - 1) * axis.stride();
        }
        return further > 0 && rest == 0;
    }

    private static List<Axis> axes(Layout layout) {
        return layout.rowMajorAxes().stream().filter(axis -> axis.extent() > 1).toList();
    }

    private void begin(Contents buffer, Place place) {
        NavigableMap<Integer, Contents> lying = live.computeIfAbsent(place.array(), array -> new TreeMap<>());
        int end = place.base() + place.layout().size();
        Map.Entry<Integer, Contents> last = lying.lowerEntry(end);
        while (last != null && last.getValue().overlaps(place)) {
            last.getValue().lose(step.name());
            lying.remove(last.getKey());
            last = lying.lowerEntry(end);
        }
        lying.put(place.base(), buffer);
        if (!buffer.isZeroed() && place.array() == Array.ARENA) {
            requireApart(place, buffer.name());
        }
        buffer.begin(dirty.get(buffer.name()));
    }

    /** Whose memory a step touches: one of its node's values, or something that the node's steps hand on. */
    private Contents buffer(Access access, Place place) {
        Node node = step.node();
        boolean writes = access.mode().isWrite();
        for (Value output : node.outputs()) {
            Contents buffer = of(output, place, writes);
            if (buffer != null) {
                return buffer;
            }
        }
        // what is read from the caller's array may have had memory here, as floats, that is another value's by now
        int first = Primitive.readsCaller(Primitive.Fused.anchor(node)) ? 1 : 0;
        for (Value input : node.inputs().subList(first, node.inputs().size())) {
            Contents buffer = of(root(input), place, false);
            if (buffer != null) {
                check(!writes, access, buffer.name(), () -> "is an input of " + node.name() + " and written");
                return buffer;
            }
        }
        List<Contents> own = temporaries.computeIfAbsent(node, n -> new ArrayList<>());
        for (Contents buffer : own) {
            if (isAt(buffer.place(), place)) {
                return buffer;
            }
        }
        Contents buffer = new Contents("something of " + node.name(), place, false);
        own.add(buffer);
        return buffer;
    }

    private Contents of(Value value, Place place, boolean defines) {
        if (place.array() == Array.SCRATCH) {
            boolean whole = !value.batched() && value.role() == Role.ACTIVATION;
            Contents known = buffers.get(value.id());
            if (known == null && whole && defines) {
                // the first step may write a part of it
                known = new Contents(value.toString(), place.with(Layouts.whole(value.shape())), false);
                buffers.put(value.id(), known);
            }
            return known != null && whole && isAt(known.place(), place) ? known : null;
        }
        Plan.Stored home = stored.get(value.id());
        if (home == null || !isAt(home.place(), place)) {
            return null;
        }
        return buffers.computeIfAbsent(value.id(), id -> new Contents(value.toString(), home.place(), home.zeroed()));
    }

    private static boolean isAt(Place a, Place b) {
        return a.array() == b.array()
                && a.base() == b.base()
                && a.layout().size() == b.layout().size();
    }

    /** The caller reads all elements of a value, as the place lays them out. */
    private void requireWhole(String what, Place place) {
        Contents buffer = live.getOrDefault(place.array(), Collections.emptyNavigableMap())
                .get(place.base());
        check(
                buffer != null && isAt(buffer.place(), place),
                what + " is not at " + place.array() + " " + place.base() + " any more");
        Runs runs = new Runs(place.layout().offset(), place.layout().inMemoryOrder());
        String wrong = buffer.read(runs, Access.Padding.NONE);
        check(wrong == null, what + ": the caller " + wrong);
    }

    private void requireStored(Value value) {
        Contents buffer = buffers.get(root(value).id());
        check(buffer != null && !buffer.isLost(), value + " is not there any more");
    }

    private void check(boolean condition, Access access, String value, Supplier<String> what) {
        if (!condition) {
            check(false, "operand " + access.operand() + ", " + value + ": " + what.get());
        }
    }

    private void check(boolean condition, String what) {
        if (!condition) {
            String where = step == null
                    ? ""
                    : ", step " + step.name() + " (" + step.kernel().getClass().getSimpleName() + ")";
            throw new IllegalStateException("plan of " + name + where + ": " + what);
        }
    }
}
