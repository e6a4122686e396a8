package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import java.util.ArrayList;
import java.util.List;

/** A sum over elements. Operands: loss, x, target, tables, and the gradient if there is one. */
public record ElementLoss(
        Nest loops,
        List<Integer> sampleStrides,
        Expr value,
        Expr gradient,
        boolean perElement,
        boolean computesGradient)
        implements Kernel {
    public ElementLoss {
        sampleStrides = List.copyOf(sampleStrides);
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("loss", "x", "target")
                .numbered("table", sampleStrides.size() - 3 - (computesGradient ? 1 : 0))
                .floatsIf(computesGradient, "gradient")
                .list();
    }

    @Override
    public List<Argument> arguments() {
        return List.of(Argument.SCALE);
    }

    @Override
    public Nest elements() {
        return loops;
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        for (int i = 1; i < sampleStrides.size(); i++) {
            String name = operands().get(i).name();
            Access access = name.equals("gradient") ? Access.write(name) : Access.read(name);
            accesses.add(access.samples(sampleStrides.get(i)).nest(loops, i));
        }
        Access loss = Access.write("loss").samples(sampleStrides.get(0));
        accesses.add(perElement ? loss.nest(loops, 0) : loss);
        return accesses;
    }
}
