package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The gradient by a product's input, from the weight as it is stored: c[sample, row] = f(the sum over outputs of
 * a[sample, output] * b[row, output]). Sixteen partial sums stand side by side, however wide vectors are, and are added
 * in pairs at the end. Operands: c, the lanes of a
 * tile, a, b, the epilogue's further arguments.
 *
 * @param rows inputs of the product, a multiple of {@link #ROWS}
 * @param blocks blocks of 16 outputs
 * @param aSample floats from one sample of the gradient to the next
 * @param store what is done with the sums, whose rows are neighbours
 */
public record LaneSums(int rows, int blocks, int aSample, Store store) implements Kernel {
    /** Rows of a unit of work; a tile takes half of them for four samples, or all for one. */
    public static final int ROWS = 8;

    private static final int SAMPLES = 4;

    /** Lanes that the largest tile leaves to be added up. */
    static final int LANES = SAMPLES * ROWS / 2 * Layout.LANES;

    /** Samples of the larger tile, with 32 vector registers or with 16. */
    public static int samples(boolean wide) {
        return wide ? SAMPLES : SAMPLES / 2;
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats(Store.RESULT)
                .own("lanes")
                .floats("a", "b")
                .floats(store.epilogue().reads().keySet())
                .list();
    }

    @Override
    public List<Argument> arguments() {
        return List.of(Argument.SAMPLES);
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(Access.read("a").samples(aSample).floats(blocks * Layout.LANES));
        accesses.add(Access.read("b").floats(blocks * rows * Layout.LANES));
        store.epilogue().reads().forEach((name, strides) -> accesses.add(rows(Access.read(name), strides)));
        accesses.add(Access.write("lanes").floats(LANES));
        accesses.addAll(store.writeAccesses(this::rows));
        return accesses;
    }

    private Access rows(Access access, Strides strides) {
        return access.samples(strides.sample()).floats(rows);
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
