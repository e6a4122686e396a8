package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Primitive;
import java.util.ArrayList;
import java.util.List;

/**
 * Connectionist temporal classification. Operands: loss, x, target, lengths, paths, and the factors and the gradient if
 * there is one.
 *
 * @param loss what is computed
 * @param steps of a sample
 * @param classes number of classes
 * @param labels that a target has room for
 * @param rows of the paths
 * @param sampleStrides of loss, x, lengths, paths and, if there is one, the gradient
 * @param computesGradient whether the program trains
 */
public record CtcKernel(
        Primitive.Ctc loss,
        int steps,
        int classes,
        int labels,
        int rows,
        List<Integer> sampleStrides,
        boolean computesGradient)
        implements Kernel {
    public CtcKernel {
        sampleStrides = List.copyOf(sampleStrides);
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("loss", "x")
                .add("target", ElementType.INT32)
                .floats("lengths", "paths")
                .floatsIf(computesGradient, "factors")
                .floatsIf(computesGradient, "gradient")
                .list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        int floats = steps * classes;
        List<Access> accesses = new ArrayList<>(List.of(
                Access.read("x").samples(sampleStrides.get(1)).floats(floats),
                Access.read("target").samples(labels).floats(labels),
                Access.read("lengths").samples(sampleStrides.get(2)).floats(1),
                Access.write("paths").samples(sampleStrides.get(3)).floats(rows * (2 * labels + 2)),
                Access.write("loss").samples(sampleStrides.get(0)).floats(1)));
        if (computesGradient) {
            accesses.add(Access.read("factors").floats(1));
            accesses.add(Access.write("gradient").samples(sampleStrides.get(4)).floats(floats));
        }
        return accesses;
    }
}
