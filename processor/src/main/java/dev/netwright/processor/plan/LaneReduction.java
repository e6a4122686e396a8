package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Primitive.Reduce.Kind;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Kernel.Reduction} of what lies side by side, such as the channels of each pixel: sixteen partial results stand
 * beside one another, however wide vectors are, and are combined in pairs at the end. Operands: out, the lanes of a
 * result, arguments; all nests have a stride for each.
 *
 * @param kept loops of the result
 * @param reduced loops combined, the innermost over neighbours
 * @param vectors the same with an innermost loop over vectors of sixteen
 * @param parts as {@link Kernel.Reduction} has them, of the vectors
 * @param rest the loops around the neighbours that fill no vector
 * @param restParts the same of these
 * @param restLanes how many such neighbours there are
 * @param sampleStrides of all operands
 * @param kind how
 * @param expr of the arguments
 * @param divisor of the sum
 */
public record LaneReduction(
        Nest kept,
        Nest reduced,
        Nest vectors,
        int parts,
        Nest rest,
        int restParts,
        int restLanes,
        List<Integer> sampleStrides,
        Kind kind,
        Expr expr,
        int divisor)
        implements Kernel {
    /** The operand that has the lanes. */
    static final int LANES = 1;

    public LaneReduction {
        sampleStrides = List.copyOf(sampleStrides);
    }

    /** How far an operand moves from one of the neighbours to the next: 1, or 0 for what they share. */
    public int step(int operand) {
        return reduced.loops().get(reduced.loops().size() - 1).stride(operand);
    }

    /**
     * The neighbour that is in the first lane when the last sixteen are in a vector. What fills no vector is added in the
     * lanes in which it is there, the last ones: so it is read by a vector that reads no other's memory.
     */
    public int firstRest() {
        // of the loops before any is divided into parts
        return reduced.loops().get(reduced.loops().size() - 1).count() - Layout.LANES;
    }

    /** The first lane to which something is added that fills no vector. */
    public int firstRestLane() {
        return Layout.LANES - restLanes;
    }

    /** Whether a reduction is worth it: results are no vectors by themselves, what is combined fills some. */
    static boolean suits(Nest kept, Nest reduced) {
        return !reduced.loops().isEmpty()
                && isVector(reduced, 1)
                && (kept.loops().isEmpty() || !isVector(kept, 0));
    }

    /** Whether the innermost loop runs along neighbours of the operands from one on, or of one they share. */
    private static boolean isVector(Nest nest, int from) {
        Loop inner = nest.loops().get(nest.loops().size() - 1);
        List<Integer> strides = inner.strides().subList(from, inner.strides().size());
        return inner.count() >= Layout.LANES
                && strides.stream().allMatch(stride -> stride == 0 || stride == 1)
                && strides.contains(1);
    }

    /**
     * Of the loops of a reduction.
     *
     * @param kept strides of out first, then of the arguments
     * @param reduced the same
     * @param sampleStrides the same
     */
    static LaneReduction of(Nest kept, Nest reduced, List<Integer> sampleStrides, Kind kind, Expr expr, int divisor) {
        List<Loop> outer = new ArrayList<>(withLanes(reduced).loops());
        Loop inner = outer.remove(outer.size() - 1);
        List<Integer> steps =
                inner.strides().stream().map(stride -> stride * Layout.LANES).toList();
        List<Loop> loops = new ArrayList<>(outer);
        loops.add(new Loop(inner.count() / Layout.LANES, steps));
        PartialSums sums = sums(new Nest(loops), kind);
        PartialSums rest = sums(new Nest(outer), kind);
        List<Integer> samples = new ArrayList<>(sampleStrides);
        samples.add(LANES, 0);
        return new LaneReduction(
                withLanes(kept),
                withLanes(reduced),
                sums.loops(),
                sums.parts(),
                rest.loops(),
                rest.parts(),
                inner.count() % Layout.LANES,
                samples,
                kind,
                expr,
                divisor);
    }

    private static PartialSums sums(Nest nest, Kind kind) {
        return kind == Kind.MAX ? new PartialSums(nest, 0) : PartialSums.of(nest);
    }

    private static Nest withLanes(Nest nest) {
        return new Nest(nest.loops().stream()
                .map(loop -> {
                    List<Integer> strides = new ArrayList<>(loop.strides());
                    strides.add(LANES, 0);
                    return new Loop(loop.count(), strides);
                })
                .toList());
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("out")
                .own("lanes")
                .numbered("x", sampleStrides.size() - 2)
                .list();
    }

    @Override
    public Nest elements() {
        return kept.and(reduced);
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        for (int i = LANES + 1; i < sampleStrides.size(); i++) {
            accesses.add(NestAccesses.read(operands().get(i), i, kept, reduced, sampleStrides));
        }
        accesses.add(Access.write("lanes").floats(Layout.LANES));
        accesses.add(Access.write("out").samples(sampleStrides.get(0)).nest(kept, 0));
        return accesses;
    }
}
