package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Primitive;
import java.util.ArrayList;
import java.util.List;

/**
 * Cross entropy. Operands: loss, x, target, weights, and the factors and the gradient if there is one.
 *
 * @param classes number of classes
 * @param classStrides of x, then of the gradient
 * @param positions loops over positions; strides of x, the gradient, the target, the loss
 * @param sampleStrides of x, the gradient, the target, the loss
 * @param targetClassStride of a target's probabilities
 * @param computesGradient whether the program trains
 */
public record ClassLoss(
        Primitive.CrossEntropy loss,
        int classes,
        List<Integer> classStrides,
        Nest positions,
        List<Integer> sampleStrides,
        int targetClassStride,
        boolean computesGradient)
        implements Kernel {
    public ClassLoss {
        classStrides = List.copyOf(classStrides);
        sampleStrides = List.copyOf(sampleStrides);
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("loss", "x")
                .add("target", loss.probabilities() ? ElementType.FLOAT32 : ElementType.INT32)
                .floats("weights")
                .floatsIf(computesGradient, "factors")
                .floatsIf(computesGradient, "gradient")
                .list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(Access.read("x")
                .samples(sampleStrides.get(0))
                .nest(positions, 0)
                .loop(classes, classStrides.get(0)));
        accesses.add(Access.read("target")
                .samples(sampleStrides.get(2))
                .nest(positions, 2)
                .loop(loss.probabilities() ? classes : 1, targetClassStride));
        accesses.add(Access.read("weights").floats(classes));
        if (computesGradient) {
            accesses.add(Access.read("factors").floats(1));
            accesses.add(Access.write("gradient")
                    .samples(sampleStrides.get(1))
                    .nest(positions, 1)
                    .loop(classes, classStrides.get(1)));
        }
        Access value = Access.write("loss").samples(sampleStrides.get(3));
        accesses.add(loss.perElement() ? value.nest(positions, 3) : value);
        return accesses;
    }
}
