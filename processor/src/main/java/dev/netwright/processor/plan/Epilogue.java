package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Primitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sum goes through before it is stored.
 *
 * @param expr f of the sum (argument 0) and further operands
 * @param sum where the sum itself is stored too; null where it is not
 * @param inputs strides of the further operands
 */
public record Epilogue(Expr expr, Strides sum, List<Strides> inputs) {
    /** The operand that keeps the sum. */
    public static final String SUM = "sum";

    /** Sums are stored as they are. */
    static final Epilogue NONE = new Epilogue(Expr.arg(0), null, List.of());

    public Epilogue {
        inputs = List.copyOf(inputs);
    }

    /** @param further strides of the operands; the stored sum's first, if there is one */
    static Epilogue of(Primitive.Fused fused, List<Strides> further) {
        int inputs = fused.keepsAnchor() ? 1 : 0;
        return new Epilogue(
                fused.epilogue(), inputs == 0 ? null : further.get(0), further.subList(inputs, further.size()));
    }

    public boolean keepsSum() {
        return sum != null;
    }

    /** Whether what is stored is the sum. */
    public boolean isNone() {
        return expr instanceof Expr.Argument;
    }

    /** The name of a further operand. */
    public static String input(int index) {
        return "x" + index;
    }

    /** What it reads for each result. */
    Map<String, Strides> reads() {
        Map<String, Strides> reads = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            reads.put(input(i), inputs.get(i));
        }
        return reads;
    }

    /** All that has a place for each result, in the kernel's order. */
    Map<String, Strides> operands() {
        Map<String, Strides> operands = new LinkedHashMap<>();
        if (sum != null) {
            operands.put(SUM, sum);
        }
        operands.putAll(reads());
        return operands;
    }

    Epilogue joined(int together) {
        return new Epilogue(
                expr,
                sum == null ? null : sum.joined(together),
                inputs.stream().map(each -> each.joined(together)).toList());
    }
}
