package dev.netwright.processor.emit;

import dev.netwright.processor.plan.SparseKernel;
import java.util.Arrays;

/** The loops of a {@link SparseKernel.InputGradient}. */
final class SparseInputEmitter extends SparseEmitter {
    private final SparseKernel.InputGradient k;

    SparseInputEmitter(String name, SparseKernel.InputGradient kernel, Lanes lanes) {
        super(name, kernel, lanes);
        this.k = kernel;
    }

    @Override
    void write() {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        String sample = "unit";
        Index c = Index.of("cBase");
        Index weights = Index.of("wBase");
        if (k.blocks() > 1) {
            code.addStatement("int sample = unit / $L", k.blocks());
            code.addStatement("int block = unit % $L", k.blocks());
            c.plus("block", k.width());
            weights.plus("block", k.blockWeights());
            sample = "sample";
        }
        code.addStatement("int cAt = $L", c.plus(sample, k.c().sample()));
        clear();
        parts("output", k.outputs(), outputs -> {
            code.beginControlFlow("for (int row = 0; row < $L; row++)", k.patchRows());
            int patchRow = k.patchColumns() * k.width();
            Index w = Index.of(weights.toString());
            Index g = Index.of("gBase");
            Index index = Index.of("indexBase");
            if (k.outputs().parts() > 1) {
                w.plus("output", k.outputWeights());
                g.plus("output", k.gradientChannel());
                index.plus("output", k.maxima().channel());
            }
            code.addStatement("int wAt = $L", w.plus("row", patchRow).plus(patchRow + k.width()));
            lanes(k.width(), (vectors, lane) -> {
                code.beginControlFlow("for (int y = 0; y < $L; y++)", k.rows());
                String method = name + "Window" + outputs + "x" + vectors;
                sums.computeIfAbsent(
                        method, n -> new SparseSumsEmitter(n, k, lanes, vectors).inputGradient(k, outputs));
                Index at = Index.of("cAt")
                        .plus("row", k.patchRow())
                        .plus("y", k.c().row())
                        .plus(lane, 1)
                        .plus(k.start());
                code.addStatement(
                        "$L(c,$W$L,$Wg,$W$L,$Windex,$W$L,$Ww,$W$L)",
                        method,
                        at,
                        g.copy()
                                .plus(unitSample(), k.gradient().sample())
                                .plus("y", k.gradient().row()),
                        index.copy()
                                .plus(unitSample(), k.maxima().strides().sample())
                                .plus("y", k.maxima().strides().row()),
                        Index.of("wAt").plus(lane, 1));
                code.endControlFlow();
            });
            code.endControlFlow();
        });
        code.endControlFlow();
    }

    private String unitSample() {
        return k.blocks() > 1 ? "sample" : "unit";
    }

    private void clear() {
        if (k.patchColumn() == k.width()) {
            code.addStatement("$T.fill(c, cAt, cAt + $L, 0f)", Arrays.class, k.pixels() * k.width());
            return;
        }
        code.beginControlFlow("for (int place = 0; place < $L; place++)", k.pixels());
        code.addStatement("int at = $L", Index.of("cAt").plus("place", k.patchColumn()));
        code.addStatement("$T.fill(c, at, at + $L, 0f)", Arrays.class, k.width());
        code.endControlFlow();
    }
}
