package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.plan.Pooling;
import dev.netwright.processor.plan.Pooling.Kind;
import java.util.List;

/** Writes the largest, or the mean, of a window of four results in registers, and which of them was the largest. */
final class Pooled {
    private final Lanes lanes;
    private final Code.Builder code;
    private final Pooling pooling;

    Pooled(Lanes lanes, Code.Builder code, Pooling pooling) {
        this.lanes = lanes;
        this.code = code;
        this.pooling = pooling;
    }

    /** Says what the numbers that are stored for a place mean. */
    void explain() {
        if (pooling.kind() == Kind.MAX_PLACE) {
            code.add("// places of the largest are offsets, kept as the bits of floats: ");
            for (int i = 1; i < 4; i++) {
                code.add("$L is $L$L", stored(i), place(i), i < 3 ? ", " : "\n");
            }
        }
    }

    private int place(int i) {
        return i / 2 * pooling.row() + i % 2 * pooling.column();
    }

    private String stored(int i) {
        return ExprEmitter.literal(pooling.kind() == Kind.MAX_PLACE ? Float.intBitsToFloat(place(i)) : i);
    }

    /**
     * @param four names of the results, row by row
     * @param tag makes variables' names unique
     * @param to index in the array {@code c}
     * @param toIndex index in the array {@code index}
     */
    void store(List<String> four, String tag, String to, String toIndex) {
        String best = "m" + tag;
        String place = "p" + tag;
        code.addStatement("$T $L = $L", lanes.type(), best, four.get(0));
        if (pooling.storesIndex()) {
            code.addStatement(
                    "$T $L = $L",
                    lanes.type(),
                    place,
                    lanes.isVector() ? Code.of("$T.zero(S)", RuntimeNames.FLOAT_VECTOR) : Code.of("0f"));
        }
        for (int i = 1; i < 4; i++) {
            if (pooling.kind() == Kind.AVERAGE) {
                code.addStatement("$L = $L", best, lanes.binary(Expr.BinaryOp.ADD, best, four.get(i)));
                continue;
            }
            if (pooling.storesIndex()) {
                code.addStatement(
                        "$L = $L", place, lanes.select(Expr.Comparison.GT, four.get(i), best, stored(i), place));
            }
            code.addStatement("$L = $L", best, lanes.binary(Expr.BinaryOp.MAX, best, four.get(i)));
        }
        if (pooling.kind() == Kind.AVERAGE) {
            code.addStatement("$L = $L", best, lanes.binary(Expr.BinaryOp.MUL, best, "0.25f"));
        }
        code.addStatement(lanes.store(best, "c", to));
        if (pooling.storesIndex()) {
            code.addStatement(lanes.store(place, "index", toIndex));
        }
    }
}
