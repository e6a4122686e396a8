package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several kernels that go through the same rows, each of a row's own elements: a block of rows goes through all of them
 * while it is in the first cache. A block and not a row, as a row's sum is long in coming: its lanes are stored and added
 * up one by one, and only then is anything known that the next pass needs. LayerNorm of 400 rows of 110, batch 8, on one
 * thread and JDK 17: 192 us kernel by kernel, 119 so. Operands: the first result, the worker's own lanes
 * of a block, then all others.
 *
 * @param rows of a sample
 * @param block rows of a unit, the last of a sample perhaps fewer
 * @param passes in order
 * @param rowStrides of each operand from a row to the next
 * @param sampleStrides of each operand
 */
public record RowPasses(int rows, int block, List<Pass> passes, List<Integer> rowStrides, List<Integer> sampleStrides)
        implements Kernel {
    /** The operand that has the lanes. */
    static final int LANES = 1;

    /**
     * One of the kernels.
     *
     * @param kernel a {@link LaneReduction}, or a {@link Kernel.Elementwise} of rows or of one element for each
     * @param operands which of all are its own, in its order
     */
    public record Pass(Kernel kernel, List<Integer> operands) {
        public Pass {
            operands = List.copyOf(operands);
        }

        /** The loop within a row; null where there is an element for each row, or where it is combined. */
        public Loop inner() {
            List<Loop> loops = kernel instanceof Elementwise map ? joined(map).loops() : List.of();
            return loops.size() > 1 ? loops.get(1) : null;
        }
    }

    public RowPasses {
        passes = List.copyOf(passes);
        rowStrides = List.copyOf(rowStrides);
        sampleStrides = List.copyOf(sampleStrides);
    }

    /** Without the division of a long loop among threads: blocks of rows are what they share. */
    static Nest joined(Elementwise map) {
        return map.loops().joined();
    }

    /** Units of a sample. */
    public int blocks() {
        return (rows + block - 1) / block;
    }

    private Set<Integer> results() {
        Set<Integer> results = new HashSet<>();
        passes.forEach(pass -> results.add(pass.operands().get(0)));
        return results;
    }

    @Override
    public List<Operand> operands() {
        Set<Integer> results = results();
        Operand.Builder operands = Operand.list();
        int written = 0;
        int read = 0;
        for (int i = 0; i < rowStrides.size(); i++) {
            if (i == LANES) {
                operands.own("lanes");
            } else {
                operands.floats(results.contains(i) ? "out" + written++ : "x" + read++);
            }
        }
        return operands.list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Operand> operands = operands();
        List<Access> accesses = new ArrayList<>();
        accesses.add(Access.write(operands.get(LANES).name()).floats(block * Layout.LANES));
        for (Pass pass : passes) {
            List<Operand> own = pass.kernel().operands();
            for (Access access : pass.kernel().accesses(work)) {
                for (int i = 0; i < own.size(); i++) {
                    int operand = pass.operands().get(i);
                    if (own.get(i).name().equals(access.operand()) && operand != LANES) {
                        accesses.add(access.of(operands.get(operand).name()));
                    }
                }
            }
        }
        return accesses;
    }

    /** What the elements of a pass are worth in the length of code. */
    static int length(Kernel kernel) {
        return Exprs.size(kernel instanceof LaneReduction sum ? sum.expr() : ((Elementwise) kernel).expr());
    }
}
