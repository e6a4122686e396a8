package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.plan.Place.Array;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold of every plan; anything else is an error of the compiler's own. A program is gone through step by step
 * with what its kernels say they touch: whatever is read was written before by a step of the node that computes it and
 * is still there, borders that are read are zeros, and nothing lies outside its memory. The planner's own tables are
 * asked only where values were put.
 */
public final class PlanVerifier {
    private final String name;
    private final Graph graph;
    private final ParameterPlan parameters;
    private final Plan.Program program;
    /** Values whose memory others see under another shape, by what sees them. */
    private final Map<Integer, Value> viewed = new HashMap<>();

    private final Map<Integer, Plan.Stored> stored = new HashMap<>();
    private final Map<Integer, Buffer> buffers = new HashMap<>();
    private final Map<Node, List<Buffer>> temporaries = new IdentityHashMap<>();
    /** All that is not lost. */
    private final List<Buffer> live = new ArrayList<>();

    private final Map<Integer, BitSet> dirty = new HashMap<>();
    private final BitSet prepared = new BitSet();
    private Step step;
    private boolean lanesUndefined;
    private int lanesDefined;
    /** Lanes of the step's vectors that are elements: as many as the narrowest value has. */
    private int realLanes;

    private PlanVerifier(String name, Graph graph, ParameterPlan parameters, Plan.Program program) {
        this.name = name;
        this.graph = graph;
        this.parameters = parameters;
        this.program = program;
    }

    /**
     * Goes through a program.
     *
     * @param name of the program, for messages
     * @param graph what the program computes
     * @throws IllegalStateException naming the program, the step, the operand, the value and what is wrong
     */
    public static void verify(String name, Graph graph, ParameterPlan parameters, Plan.Program program) {
        new PlanVerifier(name, graph, parameters, program).verify();
    }

    private void verify() {
        collect();
        run();
        buffers.forEach((id, buffer) -> {
            BitSet left = buffer.dirty();
            if (left != null) {
                dirty.put(id, left);
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
                requireAlone(each);
            }
        }
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof Primitive.Reshape && !stored.containsKey(node.output().id())) {
                viewed.put(node.output().id(), root(node.inputs().get(0)));
            }
        }
    }

    /** Memory that stays zero where a value leaves it so is nobody else's. */
    private void requireAlone(Plan.Stored alone) {
        Place place = alone.place();
        for (Plan.Stored other : program.stored()) {
            check(
                    other == alone || !overlap(place, other.place()),
                    alone.value() + " shares its memory with " + other.value()
                            + " though it relies on zeros from the start");
        }
        for (Step each : program.steps()) {
            for (Place other : each.operands()) {
                boolean own = other.base() == place.base()
                        && other.layout().size() == place.layout().size();
                step = each;
                check(
                        own || other.array() != place.array() || !overlap(place, other),
                        "has memory of " + alone.value() + ", which relies on zeros from the start");
            }
        }
        step = null;
    }

    private static boolean overlap(Place a, Place b) {
        return a.array() == b.array()
                && a.base() < b.base() + b.layout().size()
                && b.base() < a.base() + a.layout().size();
    }

    private Value root(Value value) {
        return viewed.getOrDefault(value.id(), value);
    }

    private void run() {
        buffers.clear();
        temporaries.clear();
        live.clear();
        prepared.clear();
        program.prepare().forEach(this::run);
        boolean watched = false;
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
        List<Buffer> touched = new ArrayList<>();
        List<Access> accesses = current.kernel().accesses(current.work());
        for (Access access : accesses) {
            check(access.operand() < current.operands().size(), "has no operand " + access.operand());
            Place place = current.operands().get(access.operand());
            if (access.lanes() > 1 && (place.array() == Array.ARENA || place.array() == Array.SCRATCH)) {
                realLanes = Math.min(realLanes, buffer(access, place).elements());
            }
        }
        for (Access access : accesses) {
            touch(access, current.operands().get(access.operand()), touched);
        }
        for (Buffer buffer : touched) {
            check(!buffer.isLost(), "writes over " + buffer.name() + ", which it touches too");
        }
    }

    private void touch(Access access, Place place, List<Buffer> touched) {
        Runs runs = access.runs(place.layout().offset(), Integer.MAX_VALUE);
        if (runs.isEmpty()) {
            return;
        }
        check(
                access.sample() == place.sampleStride(),
                access,
                place.array().toString(),
                "goes on by " + access.sample() + " from a sample to the next, not by " + place.sampleStride());
        boolean writes = access.mode() == Access.Mode.WRITE;
        check(!writes || runs.once(), access, place.array().toString(), "writes floats more than once");
        switch (place.array()) {
            case ARENA, SCRATCH -> touched.add(memory(access, place, runs));
            case PREPARED -> prepared(access, place, runs);
            case PARAMETERS, GRADIENTS, BUFFERS -> entry(access, place, runs);
            case CONSTANTS -> {
                int tables = program.byteTables().stream()
                        .mapToInt(Primitive.ByteTable::size)
                        .sum();
                bounds(access, place, runs, program.constants().size() + tables - place.base());
            }
            case LOCAL -> bounds(access, place, runs, program.local());
            default -> bounds(access, place, runs, place.layout().size());
        }
    }

    private void bounds(Access access, Place place, Runs runs, int size) {
        check(
                runs.first() >= 0 && runs.end() <= size,
                access,
                place.array().toString(),
                "reaches from float " + runs.first() + " up to " + runs.end() + ", of " + size);
    }

    private void entry(Access access, Place place, Runs runs) {
        boolean buffer = place.array() == Array.BUFFERS;
        ParameterPlan.Entry entry = parameters.entry(buffer ? Kind.BUFFER : Kind.PARAMETER, place.base());
        check(entry != null, access, place.array().toString(), "begins at " + place.base() + ", where nothing does");
        check(
                !access.mode().isWrite() || place.array() == Array.GRADIENTS,
                access,
                entry.parameter().key(),
                "is written by a step");
        bounds(access, place, runs, entry.size());
    }

    /** What is prepared depends on parameters alone; its memory is nobody else's. */
    private void prepared(Access access, Place place, Runs runs) {
        bounds(access, place, runs, program.prepared() - place.base());
        int base = place.base();
        runs.forEach((from, to) -> {
            if (access.mode().isWrite()) {
                int taken = prepared.nextSetBit(base + from);
                check(taken < 0 || taken >= base + to, access, "prepared", "is written twice at " + taken);
                prepared.set(base + from, base + to);
            } else {
                int missing = prepared.nextClearBit(base + from);
                boolean padding = access.padding() == Access.Padding.LANES
                        && missing >= base + place.layout().inMemoryOrder().stream()
                                .mapToInt(Axis::extent)
                                .reduce(1, (a, b) -> a * b);
                check(
                        missing >= base + to || padding,
                        access,
                        "prepared",
                        "reads float " + missing + ", which nothing has prepared");
            }
        });
    }

    private Buffer memory(Access access, Place place, Runs runs) {
        Buffer buffer = buffer(access, place);
        String value = buffer.name();
        if (access.mode().isRead()) {
            check(!buffer.isLost(), access, value, "reads memory " + buffer.lost());
            boolean summed = access.lanes() == 1
                    && step.operands().stream().anyMatch(other -> other.array() == Array.GRADIENTS);
            Access.Padding padding = access.padding() == Access.Padding.LANES && summed
                    ? Access.Padding.FINITE
                    : access.padding();
            Runs needed = padding == Access.Padding.LANES
                    ? access.runs(place.layout().offset(), realLanes)
                    : runs;
            String wrong = buffer.read(needed, padding);
            check(wrong == null, access, value, wrong);
            if (padding == Access.Padding.LANES && !buffer.isReliable(runs)) {
                lanesUndefined = true;
                lanesDefined = Math.min(realLanes, buffer.elements());
            }
        }
        if (access.mode().isWrite()) {
            if (buffer.isLost()) {
                begin(buffer, place);
            }
            String wrong = buffer.bounds(runs, 0);
            check(wrong == null, access, value, wrong);
            if (access.padding() != Access.Padding.ANY) {
                buffer.write(runs, access.mode(), lanesUndefined ? lanesDefined : 0);
            }
        }
        return buffer;
    }

    private void begin(Buffer buffer, Place place) {
        for (int i = live.size() - 1; i >= 0; i--) {
            Buffer other = live.get(i);
            if (other != buffer && other.overlaps(place)) {
                other.lose(step.name());
                live.remove(i);
            }
        }
        live.add(buffer);
        buffer.begin(beginsWith(buffer));
    }

    private BitSet beginsWith(Buffer buffer) {
        if (dirty.isEmpty()) {
            return null;
        }
        return buffers.entrySet().stream()
                .filter(entry -> entry.getValue() == buffer)
                .map(entry -> dirty.get(entry.getKey()))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whose memory a step touches: one of its node's values, or something that the node's steps hand on. */
    private Buffer buffer(Access access, Place place) {
        Node node = step.node();
        boolean writes = access.mode().isWrite();
        for (Value output : node.outputs()) {
            Buffer buffer = of(output, place, writes);
            if (buffer != null) {
                return buffer;
            }
        }
        for (Value input : node.inputs()) {
            Buffer buffer = of(root(input), place, false);
            if (buffer != null) {
                check(!writes, access, buffer.name(), "is an input of " + node.name() + " and written");
                return buffer;
            }
        }
        List<Buffer> own = temporaries.computeIfAbsent(node, n -> new ArrayList<>());
        for (Buffer buffer : own) {
            if (isAt(buffer.place(), place)) {
                return buffer;
            }
        }
        Buffer buffer = new Buffer("something of " + node.name(), place, false);
        own.add(buffer);
        return buffer;
    }

    private Buffer of(Value value, Place place, boolean defines) {
        if (place.array() == Array.SCRATCH) {
            boolean whole = !value.batched() && value.role() == Role.ACTIVATION;
            Buffer known = buffers.get(value.id());
            if (known == null && whole && defines) {
                known = new Buffer(value.toString(), place, false);
                buffers.put(value.id(), known);
            }
            return known != null && whole && isAt(known.place(), place) ? known : null;
        }
        Plan.Stored home = stored.get(value.id());
        if (home == null || !isAt(home.place(), place)) {
            return null;
        }
        return buffers.computeIfAbsent(
                value.id(), id -> new Buffer(value.toString(), home.place(), home.zeroed()));
    }

    private static boolean isAt(Place a, Place b) {
        return a.array() == b.array()
                && a.base() == b.base()
                && a.layout().size() == b.layout().size();
    }

    /** The caller reads all elements of a value, as the place lays them out. */
    private void requireWhole(String what, Place place) {
        Buffer buffer = buffers.values().stream()
                .filter(each -> isAt(each.place(), place) && !each.isLost())
                .findFirst()
                .orElse(null);
        check(buffer != null, what + " is not at " + place.array() + " " + place.base() + " any more");
        Runs runs = new Runs(place.layout().offset(), place.layout().inMemoryOrder());
        String wrong = buffer.read(runs, Access.Padding.NONE);
        check(wrong == null, what + ": the caller " + wrong);
    }

    private void requireStored(Value value) {
        Buffer buffer = buffers.get(root(value).id());
        check(buffer != null && !buffer.isLost(), value + " is not there any more");
    }

    private void check(boolean condition, Access access, String value, String what) {
        if (!condition) {
            check(false, "operand " + access.operand() + ", " + value + ": " + what);
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
