package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.List;

/** The loops of a {@link Kernel.Elementwise}, or of one whose first argument is the caller's bytes or ints. */
final class ElementwiseEmitter extends LoopEmitter {
    private final Kernel.Elementwise kernel;
    /** Whether the second argument is a table that the first is a place in. */
    private final boolean lookup;

    ElementwiseEmitter(String name, Kernel.Elementwise kernel, Lanes lanes) {
        super(name, kernel, lanes);
        this.kernel = kernel;
        this.lookup = false;
    }

    ElementwiseEmitter(String name, Kernel.Load load, Lanes lanes) {
        super(name, load, lanes);
        this.kernel = load.loops();
        this.lookup = load.lookup();
    }

    ElementwiseEmitter(String name, Kernel.Elementwise kernel, Lanes lanes, List<String> operands) {
        super(name, kernel, lanes, operands);
        this.kernel = kernel;
        this.lookup = false;
    }

    /**
     * What rows of a block are mapped to.
     *
     * @param inner the loop within a row; null where it is one element
     */
    Code rows(Code head, List<Integer> strides, Loop inner) {
        return captured(() -> {
            List<String> bases = openRows(head, strides);
            if (inner == null) {
                element(bases, Lanes.SCALAR, "", List.of());
            } else {
                vectors(inner, bases);
            }
            code.endControlFlow();
        });
    }

    @Override
    public Code body() {
        List<Loop> loops = new ArrayList<>(kernel.loops().loops());
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        Loop split = kernel.isSplit() ? loops.remove(0) : null;
        List<String> unitStarts = starts(kernel.sampleStrides(), split);
        Loop inner = loops.isEmpty() ? null : loops.remove(loops.size() - 1);
        List<String> bases = open("j", loops, unitStarts);
        if (inner == null) {
            element(bases, Lanes.SCALAR, "", List.of());
        } else {
            vectors(inner, bases);
        }
        close(loops);
        return code.endControlFlow().build();
    }

    private void vectors(Loop inner, List<String> bases) {
        innermost(
                inner,
                bases,
                1,
                !kernel.accumulate(),
                (l, starts, i, strides) -> element(starts, l, i.get(0), strides));
    }

    private void element(List<String> bases, Lanes l, String index, List<Integer> strides) {
        List<String> indices = indices(bases, index, strides);
        if (lookup) {
            code.addStatement(
                    "$L[$L] = $L[$L + ($L[$L] & 0xff)]",
                    operands.get(0),
                    indices.get(0),
                    operands.get(2),
                    indices.get(2),
                    operands.get(1),
                    indices.get(1));
            return;
        }
        List<String> arguments = loads(kernel.expr(), indices, "", l, repeated(strides));
        String value = new ExprEmitter(l, code, "e").emit(kernel.expr(), arguments);
        String out = indices.get(0);
        if (kernel.accumulate()) {
            code.addStatement("$T old = $L", l.type(), l.load(operands.get(0), out));
            code.addStatement(l.store(l.binary(Expr.BinaryOp.ADD, "old", value).toString(), operands.get(0), out));
        } else if (l.isVector() && value.endsWith("f")) {
            code.addStatement(l.store(l.broadcast(value).toString(), operands.get(0), out));
        } else {
            code.addStatement(l.store(value, operands.get(0), out));
        }
    }
}
