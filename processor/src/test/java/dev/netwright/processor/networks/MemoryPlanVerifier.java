package dev.netwright.processor.networks;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Depthwise;
import dev.netwright.processor.plan.DepthwiseWeightGradient;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.SlidingWeightGradient;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Replays a program on a memory that knows to whom each vector of it belongs: whoever reads must find its own there. It
 * shares no code with the planner, and asks nothing
 * about lifetimes.
 */
final class MemoryPlanVerifier {
    /** A range of the arena, in vectors of {@link Layout#LANES}. */
    private record Range(int first, int end) {
        static Range of(int base, int size) {
            if (base % Layout.LANES != 0) {
                throw new AssertionError("a buffer of " + size + " begins at " + base + ", within a vector");
            }
            return new Range(base / Layout.LANES, (base + Layout.roundUp(size)) / Layout.LANES);
        }

        boolean overlaps(Range other) {
            return first < other.end && other.first < end;
        }
    }

    private final Graph graph;
    private final Plan.Program program;
    private final Map<Value, Range> ranges = new LinkedHashMap<>();
    private final Map<Value, Value> roots = new HashMap<>();
    private final Map<Node, Range> partials = new HashMap<>();
    private final Object[] owners;

    private MemoryPlanVerifier(Graph graph, Plan.Program program) {
        this.graph = graph;
        this.program = program;
        this.owners = new Object[program.arena() / Layout.LANES];
    }

    /** @throws AssertionError if a step would read what another value has overwritten */
    static void verify(Graph graph, Plan.Program program) {
        MemoryPlanVerifier verifier = new MemoryPlanVerifier(graph, program);
        verifier.collect();
        verifier.replay();
        verifier.checkBorders();
        verifier.checkSteps(Array.ARENA);
        verifier.checkSteps(Array.SCRATCH);
    }

    private void collect() {
        for (Plan.Stored stored : program.stored()) {
            Place place = stored.place();
            Range range = Range.of(place.base(), place.layout().size());
            if (range.end() > owners.length) {
                throw new AssertionError(stored + " is beyond the arena of " + program.arena());
            }
            ranges.put(stored.value(), range);
        }
        // the sums of each sample, which a step leaves for the next one to combine
        Iterator<Place> sums = program.steps().stream()
                .filter(step -> step.kernel() instanceof Kernel.Combine)
                .map(step -> step.operands().get(1))
                .iterator();
        for (Node node : graph.nodes()) {
            if (isInPlace(node)) {
                roots.put(node.output(), root(node.inputs().get(0)));
            }
            if (node.operator() instanceof Reduce reduce && reduce.overBatch()) {
                Place place = sums.next();
                partials.put(node, Range.of(place.base(), place.layout().size()));
            }
        }
        if (sums.hasNext()) {
            throw new AssertionError(sums.next() + " is combined, but no node reduces over the batch");
        }
    }

    private boolean isInPlace(Node node) {
        return node.operator() instanceof Primitive.Reshape && !ranges.containsKey(node.output());
    }

    private Value root(Value value) {
        return roots.getOrDefault(value, value);
    }

    private void replay() {
        for (Value input : graph.inputs()) {
            claim(input, ranges.get(input));
        }
        for (Node node : graph.nodes()) {
            if (isInPlace(node)) {
                continue;
            }
            List<Value> written = new ArrayList<>();
            List<Range> apart = new ArrayList<>();
            for (Value input : node.inputs()) {
                requireOwn(node.name() + " reads", root(input));
            }
            Range partial = partials.get(node);
            if (partial != null) {
                requireApart(node, partial, node.inputs(), apart);
                claim(node, partial);
            }
            for (Value output : node.outputs()) {
                Range range = ranges.get(output);
                if (range != null) {
                    requireApart(node, range, node.inputs(), apart);
                    claim(output, range);
                    written.add(output);
                }
            }
            written.forEach(output -> requireOwn(node.name() + " has written", output));
        }
        graph.outputs().forEach(output -> requireOwn("the caller reads", root(output)));
        graph.losses().forEach(loss -> requireOwn("the caller reads", root(loss.value())));
        program.kept().forEach(kept -> requireKept(kept.place()));
        program.inputGradients().forEach(this::requireKept);
    }

    private void claim(Object owner, Range range) {
        for (int i = range == null ? 0 : range.first(); range != null && i < range.end(); i++) {
            owners[i] = owner;
        }
    }

    private void requireOwn(String reader, Value value) {
        Range range = ranges.get(value);
        for (int i = range == null ? 0 : range.first(); range != null && i < range.end(); i++) {
            if (!Objects.equals(owners[i], value)) {
                throw new AssertionError(
                        reader + " " + value + " at " + i * Layout.LANES + ", where " + owners[i] + " now is");
            }
        }
    }

    /** A value that can be read after the run: the last owner of its place is one that was planned for exactly that. */
    private void requireKept(Place place) {
        Range range = Range.of(place.base(), place.layout().size());
        if (!(owners[range.first()] instanceof Value owner) || !range.equals(ranges.get(owner))) {
            throw new AssertionError(place + " is overwritten by " + owners[range.first()]);
        }
        requireOwn("the user reads", owner);
    }

    /** What a node writes is neither what it reads nor what else it writes. */
    private void requireApart(Node node, Range range, List<Value> inputs, List<Range> others) {
        for (Value input : inputs) {
            Range read = ranges.get(root(input));
            if (read != null && read.overlaps(range)) {
                throw new AssertionError(node.name() + " overwrites its input " + input);
            }
        }
        for (Range other : others) {
            if (other.overlaps(range)) {
                throw new AssertionError(node.name() + " writes twice to " + range);
            }
        }
        others.add(range);
    }

    /** A border of zeros is either nobody else's, so that it stays, or cleared each time. */
    private void checkBorders() {
        ranges.forEach((value, range) -> {
            Layout layout = place(value).layout();
            boolean border = value.shape().rank() == 3 && layout.offset() > 0;
            boolean shared = ranges.entrySet().stream()
                            .anyMatch(other -> !other.getKey().equals(value)
                                    && other.getValue().overlaps(range))
                    || partials.values().stream().anyMatch(range::overlaps);
            boolean cleared = program.steps().stream()
                    .filter(step -> step.kernel() instanceof Kernel.ClearBorder
                            || step.kernel() instanceof Kernel.Fill
                            || step.kernel() instanceof SparseKernel.InputGradient)
                    .map(step -> step.operands().get(0))
                    .anyMatch(place -> place.base() == place(value).base()
                            && place.layout().size() == layout.size());
            if (border && shared && !cleared) {
                throw new AssertionError("the border of " + value + " is overwritten and not cleared");
            }
        });
    }

    private Place place(Value value) {
        return program.stored().stream()
                .filter(stored -> stored.value().equals(value))
                .findFirst()
                .orElseThrow()
                .place();
    }

    /** Step by step: a buffer is read as what was last written there, with no other buffer across it. */
    private void checkSteps(Array array) {
        int size = array == Array.ARENA ? program.arena() : program.scratch();
        Range[] last = new Range[size / Layout.LANES];
        List<Step> all = new ArrayList<>(program.steps());
        all.addAll(program.outputs());
        for (Step step : all) {
            for (Place place : step.operands()) {
                if (place.array() != array) {
                    continue;
                }
                Range range = Range.of(place.base(), place.layout().size());
                boolean writes = writes(step, place);
                for (int i = range.first(); i < range.end(); i++) {
                    if (!writes && !range.equals(last[i])) {
                        throw new AssertionError(step.name() + " reads " + array + " " + range + " at " + i + ", where "
                                + last[i] + " was written");
                    }
                    last[i] = range;
                }
            }
        }
    }

    /**
     * Whether an operand is a result; those that are added to are read too, but were begun by a step that clears
     * them.
     */
    private static boolean writes(Step step, Place place) {
        int index = step.operands().indexOf(place);
        Kernel kernel = step.kernel();
        if (kernel instanceof Kernel.Tile tile) {
            int result = tile.biased() ? 3 : 2;
            int results = 1 + (tile.pooling().storesIndex() ? 1 : 0) + (tile.keepsSum() ? 1 : 0);
            return index >= result && index < result + results;
        } else if (kernel instanceof WinogradKernel winograd) {
            return index < winograd.results();
        } else if (kernel instanceof Depthwise depthwise) {
            int result = depthwise.biased() ? 3 : 2;
            return index == result || depthwise.keepsSum() && index == result + 1;
        } else if (kernel instanceof SlidingWeightGradient || kernel instanceof DepthwiseWeightGradient) {
            return index == 2;
        } else if (kernel instanceof Kernel.Pool pool) {
            return index == 0 || pool.index() != null && index == 1;
        } else if (kernel instanceof Kernel.ElementLoss || kernel instanceof Kernel.ClassLoss) {
            boolean gradient = kernel instanceof Kernel.ElementLoss element
                    ? element.computesGradient()
                    : ((Kernel.ClassLoss) kernel).computesGradient();
            return index == 0 || gradient && index == step.operands().size() - 1;
        } else if (kernel instanceof Kernel.PoolGradient pool) {
            return index == 0 && pool.isStored();
        } else if (kernel instanceof SparseKernel.WeightGradient) {
            return false;
        }
        return index == 0;
    }
}
