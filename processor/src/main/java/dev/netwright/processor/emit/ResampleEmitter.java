package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Taps;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Resampling;

/** Images with other numbers of rows and columns: for each pixel its taps by tables, then its channels in vectors. */
final class ResampleEmitter implements KernelEmitter {
    private final Resampling kernel;
    private final Lanes lanes;
    private final TapTables.Table rows;
    private final TapTables.Table columns;
    private final Code.Builder code = Code.builder();

    ResampleEmitter(Resampling kernel, Lanes lanes, TapTables tables) {
        this.kernel = kernel;
        this.lanes = lanes;
        this.rows = tables.of(kernel.rows());
        this.columns = tables.of(kernel.columns());
    }

    @Override
    public Code body() {
        int height = kernel.rows().size();
        boolean unrolls = kernel.unrolls();
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int row = unit % $L", height);
        code.addStatement("int sample = unit / $L", height);
        code.addStatement(
                "int outAt = $L",
                Index.of("outBase")
                        .plus("sample", kernel.outSample())
                        .plus("row", kernel.outRows().stride()));
        code.addStatement("int inAt = $L", Index.of("inBase").plus("sample", kernel.inSample()));
        if (unrolls) {
            taps("row", "row", "inAt", kernel.rows(), rows, kernel.inRows());
        }
        code.beginControlFlow("$L", Trips.loop("column", kernel.columns().size(), lanes));
        if (unrolls) {
            taps("column", "column", "", kernel.columns(), columns, kernel.inColumns());
        }
        ChannelLoops.write(code, lanes, kernel.channels(), true, unrolls ? this::unrolled : this::loops);
        return code.endControlFlow().endControlFlow().build();
    }

    /** Where each tap of an output reads, and its weight. */
    private void taps(String prefix, String output, String base, Taps taps, TapTables.Table table, Axis axis) {
        for (int i = 0; i < taps.most(); i++) {
            String at = Index.of("").plus(output, taps.most()).plus(i).toString();
            String read = table.inputs() + "[" + at + "]";
            code.addStatement("int $L$L = $L", prefix, i, Index.of(base).plus(read, axis.stride()));
            if (table.weights() != null) {
                code.addStatement("float $LWeight$L = $L[$L]", prefix, i, table.weights(), at);
            }
        }
    }

    private void unrolled(Lanes l) {
        String sum = null;
        for (int k = 0; k < kernel.rows().most(); k++) {
            String line = null;
            for (int m = 0; m < kernel.columns().most(); m++) {
                String value = "x" + k + "_" + m;
                String at = channel("row" + k + " + column" + m, 1);
                code.addStatement("$T $L = $L", l.type(), value, l.load("in", at));
                line = added(l, line, "line" + k, m, value, columns.weights() == null ? null : "columnWeight" + m);
            }
            sum = added(l, sum, "sum", k, line, rows.weights() == null ? null : "rowWeight" + k);
        }
        code.addStatement(l.store(sum, "out", out()));
    }

    /** The name of what is added up with one more term. */
    private String added(Lanes l, String known, String name, int index, String value, String weight) {
        if (weight == null) {
            return value; // a copy has one tap
        }
        String total = name + "_" + index;
        Code term = known == null
                ? l.binary(BinaryOp.MUL, value, weight)
                : l.fma(Code.of("$L", value), l.broadcast(weight), Code.of("$L", known));
        code.addStatement("$T $L = $L", l.type(), total, term);
        return total;
    }

    private void loops(Lanes l) {
        code.addStatement("$T sum = $L", l.type(), l.broadcast("0f"));
        int height = kernel.rows().most();
        int width = kernel.columns().most();
        code.beginControlFlow("for (int k = 0; k < $L; k++)", height);
        code.addStatement("int rowTap = $L", Index.of("k").plus("row", height));
        code.addStatement(
                "int rowAt = $L",
                Index.of("inAt")
                        .plus(rows.inputs() + "[rowTap]", kernel.inRows().stride()));
        code.addStatement("$T line = $L", l.type(), l.broadcast("0f"));
        code.beginControlFlow("for (int m = 0; m < $L; m++)", width);
        code.addStatement("int columnTap = $L", Index.of("m").plus("column", width));
        String at = Index.of("rowAt")
                .plus(columns.inputs() + "[columnTap]", kernel.inColumns().stride())
                .toString();
        code.addStatement("$T value = $L", l.type(), l.load("in", channel(at, 1)));
        term(l, "line", "value", columns.weights(), "columnTap");
        code.endControlFlow();
        term(l, "sum", "line", rows.weights(), "rowTap");
        code.endControlFlow();
        code.addStatement(l.store("sum", "out", out()));
    }

    private void term(Lanes l, String sum, String value, String weights, String tap) {
        if (weights == null) {
            code.addStatement("$1L = $2L", sum, l.binary(BinaryOp.ADD, sum, value));
            return;
        }
        Code weight = l.broadcast(weights + "[" + tap + "]");
        code.addStatement("$L = $L", sum, l.fma(Code.of("$L", value), weight, Code.of("$L", sum)));
    }

    private String out() {
        return channel(
                Index.of("outAt").plus("column", kernel.outColumns().stride()).toString(), 0);
    }

    private String channel(String base, int side) {
        return Index.of(base).plus("channel", kernel.channels().stride(side)).toString();
    }
}
