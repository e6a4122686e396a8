package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Parts;
import dev.netwright.processor.plan.SparseKernel;

/** The loops of a {@link SparseKernel.WeightGradient}. */
final class SparseWeightEmitter extends SparseEmitter {
    private final SparseKernel.WeightGradient k;

    SparseWeightEmitter(String name, SparseKernel.WeightGradient kernel, Lanes lanes) {
        super(name, kernel, lanes);
        this.k = kernel;
    }

    /** Samples are outside the units, so that a band of the input is read from far memory once for all of them. */
    @Override
    void write() {
        code.beginControlFlow("for (int sample = 0; sample < samples; sample++)");
        parts(
                "bandRow",
                k.rows(),
                rows -> parts("bandColumn", k.columns(), columns -> {
                    code.beginControlFlow("for (int unit = from; unit < to; unit++)");
                    int outputs = k.outputs() / k.together();
                    code.addStatement("int output = unit % $L * $L", outputs, k.together());
                    Index sumAt = Index.of("rowsBase").plus("output", k.outputRow());
                    Index xAt = Index.of("xBase").plus("sample", k.x().sample());
                    if (k.pieces().count() > 1) {
                        code.addStatement(
                                "int piece = unit / $L % $L",
                                outputs, k.pieces().count());
                        sumAt.plus("piece", k.pieces().b());
                        xAt.plus("piece", k.pieces().a());
                    }
                    if (k.groups().count() > 1) {
                        code.addStatement(
                                "int group = unit / $L", outputs * k.pieces().count());
                        sumAt.plus("group", k.groups().b());
                        xAt.plus("group", k.groups().a());
                    }
                    code.addStatement("int sumAt = $L", sumAt);
                    code.addStatement("int xAt = $L", band(xAt, k.rows(), k.columns(), k.x()));
                    Index g = Index.of("gBase")
                            .plus("sample", k.gradient().sample())
                            .plus("output", k.gradientChannel());
                    code.addStatement("int gAt = $L", band(g, k.rows(), k.columns(), k.gradient()));
                    Index index = Index.of("indexBase")
                            .plus("sample", k.maxima().strides().sample())
                            .plus("output", k.maxima().channel());
                    code.addStatement(
                            "int indexAt = $L",
                            band(index, k.rows(), k.columns(), k.maxima().strides()));
                    lanes(k.width(), (vectors, lane) -> {
                        String method = name + "Window" + rows + "x" + columns + "x" + vectors;
                        sums.computeIfAbsent(
                                method,
                                n -> new SparseSumsEmitter(n, k, lanes, vectors).weightGradient(k, rows, columns));
                        code.addStatement(
                                "$L(rows,$W$L,$Wx,$W$L,$Wg,$WgAt,$Windex,$WindexAt)",
                                method,
                                Index.of("sumAt").plus(lane, 1),
                                Index.of("xAt").plus(lane, 1));
                    });
                    code.endControlFlow();
                }));
        code.endControlFlow();
    }

    private static Index band(Index index, Parts rows, Parts columns, SparseKernel.Strides strides) {
        if (rows.parts() > 1) {
            index.plus("bandRow", strides.row());
        }
        if (columns.parts() > 1) {
            index.plus("bandColumn", strides.column());
        }
        return index;
    }
}
