package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient by a product's input, from the weight as it is stored: c[sample, row] = f(the sum over outputs of
 * a[sample, output] * b[row, output]). Sixteen partial sums stand side by side, however wide vectors are, and are added
 * in pairs at the end. Operands: c, the lanes of a
 * tile, a, b, the epilogue's further arguments.
 *
 * @param rows inputs of the product, a multiple of {@link #ROWS}
 * @param blocks blocks of outputs
 * @param width outputs of a block
 * @param cSample floats from one sample of the result to the next
 * @param aSample the same of the gradient
 * @param epilogue f of the sum (argument 0) and further operands
 * @param further floats from one sample to the next of the further operands, whose rows are neighbours
 */
public record LaneSums(int rows, int blocks, int width, int cSample, int aSample, Expr epilogue, List<Integer> further)
        implements Kernel {
    /** Rows of a unit of work; a tile takes half of them for four samples, or all for one. */
    public static final int ROWS = 8;

    /** Samples of the larger tile where there are 32 vector registers. */
    public static final int SAMPLES = 4;

    /** Lanes that the largest tile leaves to be added up. */
    static final int LANES = SAMPLES * ROWS / 2 * Layout.LANES;

    public LaneSums {
        further = List.copyOf(further);
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(Access.read(2).samples(aSample).floats(blocks * width));
        accesses.add(Access.read(3).floats(blocks * rows * width));
        for (int i = 0; i < further.size(); i++) {
            accesses.add(Access.read(4 + i).samples(further.get(i)).floats(rows));
        }
        accesses.add(Access.write(1).floats(LANES));
        accesses.add(Access.write(0).samples(cSample).floats(rows));
        return accesses;
    }

    /** Below this many floats a transposed copy costs little, and its sums need no adding up of lanes. */
    private static final int LEAST = 1 << 20;

    /** Whether a weight's gradient by its input is computed this way. */
    static boolean suits(Weights weights, Layout gradient) {
        return weights.size() >= LEAST
                && weights.outputs() % weights.width() == 0
                && weights.rows() % ROWS == 0
                && gradient.dimensions().size() == 1
                && gradient.isAxis(0)
                && gradient.axis(0).stride() == 1;
    }
}
