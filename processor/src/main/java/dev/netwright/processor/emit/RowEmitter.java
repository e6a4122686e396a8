package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.RowGather;
import dev.netwright.processor.plan.RowScatter;
import java.util.ArrayList;
import java.util.List;

/** Rows that are copied, or added to, by indices: each in vectors, and one by one what is left. */
final class RowEmitter {
    private final Lanes lanes;
    private final Code.Builder code = Code.builder();

    RowEmitter(Lanes lanes) {
        this.lanes = lanes;
    }

    Code gather(RowGather kernel) {
        int length = kernel.rowLength();
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int weightAt = $L", Index.of("weightBase").plus("indices[indicesBase + unit]", length));
        code.addStatement("int outAt = $L", at("outBase", "unit", length, kernel.positions(), kernel.outSample()));
        int whole = lanes.isVector() ? length / Layout.LANES * Layout.LANES : 0;
        if (whole > 0) {
            code.beginControlFlow("for (int k = 0; k < $L; k += $L)", whole, Lanes.VECTOR.count());
            copy(Lanes.VECTOR);
            code.endControlFlow();
        }
        if (whole < length) {
            code.beginControlFlow("for (int k = $L; k < $L; k++)", whole, length);
            copy(Lanes.SCALAR);
            code.endControlFlow();
        }
        return code.endControlFlow().build();
    }

    private void copy(Lanes l) {
        code.addStatement("$T row = $L", l.type(), l.load("weight", "weightAt + k"));
        code.addStatement(l.store("row", "out", "outAt + k"));
    }

    Code scatter(RowScatter kernel) {
        int length = kernel.rowLength();
        int whole = lanes.isVector() ? length / Layout.LANES * Layout.LANES : 0;
        code.beginControlFlow("for (int i = 0; i < $L; i++)", Index.of("").plus("samples", kernel.positions()));
        code.addStatement("int row = indices[indicesBase + i]");
        List<String> others = new ArrayList<>();
        if (kernel.units() > 1) {
            String part = kernel.isParted() ? "part" : "row";
            if (kernel.isParted()) {
                code.addStatement("int part = row % $L", kernel.units());
            }
            others.addAll(List.of(part + " < from", part + " >= to"));
        }
        if (kernel.padding() >= 0) {
            others.add("row == " + kernel.padding());
        }
        if (!others.isEmpty()) {
            code.beginControlFlow("if ($L)", String.join(" || ", others));
            code.addStatement("continue");
            code.endControlFlow();
        }
        code.addStatement("int gradientAt = $L", Index.of("gradientBase").plus("row", length));
        int step = kernel.isShared() ? 0 : length;
        code.addStatement("int yAt = $L", at("yBase", "i", step, kernel.positions(), kernel.ySample()));
        if (kernel.byFrequency()) {
            code.addStatement("float share = 1f / counts[countsBase + row]");
        }
        if (whole > 0) {
            if (kernel.byFrequency()) {
                code.addStatement("$T shares = $L", Lanes.VECTOR.type(), Lanes.VECTOR.broadcast("share"));
            }
            code.beginControlFlow("for (int k = 0; k < $L; k += $L)", whole, Lanes.VECTOR.count());
            add(Lanes.VECTOR, kernel.byFrequency() ? "shares" : null);
            code.endControlFlow();
        }
        if (whole < length) {
            code.beginControlFlow("for (int k = $L; k < $L; k++)", whole, length);
            add(Lanes.SCALAR, kernel.byFrequency() ? "share" : null);
            code.endControlFlow();
        }
        return code.endControlFlow().build();
    }

    /** Where a row begins, by its number among those of all samples. */
    private static Index at(String base, String number, int row, int positions, int sample) {
        return positions == 1 || sample == positions * row
                ? Index.of(base).plus(number, positions == 1 ? sample : row)
                : Index.of(base)
                        .plus("(" + number + " / " + positions + ")", sample)
                        .plus("(" + number + " % " + positions + ")", row);
    }

    /** @param share what is multiplied by before, or null */
    private void add(Lanes l, String share) {
        code.addStatement("$T $L = $L", l.type(), share == null ? "more" : "of", l.load("y", "yAt + k"));
        if (share != null) {
            code.addStatement("$T more = $L", l.type(), l.binary(BinaryOp.MUL, "of", share));
        }
        code.addStatement(l.add("more", "gradient", "gradientAt + k"));
    }
}
