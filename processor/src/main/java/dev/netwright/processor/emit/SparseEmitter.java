package dev.netwright.processor.emit;

import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.SparseKernel.Parts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The loops around the sums of the gradients behind a max pool; the sums themselves are methods of their own, as those
 * of dense kernels are.
 */
final class SparseEmitter {
    private final String name;
    private final SparseKernel kernel;
    private final Lanes lanes;
    private final Map<String, KernelMethod> sums = new LinkedHashMap<>();
    private final Code.Builder code = Code.builder();

    SparseEmitter(String name, SparseKernel kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    /** The methods that {@link #body()} calls. */
    List<KernelMethod> sums() {
        return List.copyOf(sums.values());
    }

    Code body() {
        if (kernel instanceof SparseKernel.WeightGradient gradient) {
            weightGradient(gradient);
        } else {
            inputGradient((SparseKernel.InputGradient) kernel);
        }
        return code.build();
    }

    /** Samples are outside the units, so that a band of the input is read from far memory once for all of them. */
    private void weightGradient(SparseKernel.WeightGradient k) {
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

    private void inputGradient(SparseKernel.InputGradient k) {
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
        clear(k);
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
                                .plus(unitSample(k), k.gradient().sample())
                                .plus("y", k.gradient().row()),
                        index.copy()
                                .plus(unitSample(k), k.maxima().strides().sample())
                                .plus("y", k.maxima().strides().row()),
                        Index.of("wAt").plus(lane, 1));
                code.endControlFlow();
            });
            code.endControlFlow();
        });
        code.endControlFlow();
    }

    private static String unitSample(SparseKernel.InputGradient k) {
        return k.blocks() > 1 ? "sample" : "unit";
    }

    private void clear(SparseKernel.InputGradient k) {
        if (k.patchColumn() == k.width()) {
            code.addStatement("$T.fill(c, cAt, cAt + $L, 0f)", java.util.Arrays.class, k.pixels() * k.width());
            return;
        }
        code.beginControlFlow("for (int place = 0; place < $L; place++)", k.pixels());
        code.addStatement("int at = $L", Index.of("cAt").plus("place", k.patchColumn()));
        code.addStatement("$T.fill(c, at, at + $L, 0f)", java.util.Arrays.class, k.width());
        code.endControlFlow();
    }

    /** A loop over the parts of a loop, and another if some are smaller. */
    private void parts(String variable, Parts parts, Consumer<Integer> body) {
        part(variable, 0, parts.split(), parts.small() + 1, parts.count(), body);
        part(variable, parts.split(), parts.count(), parts.small(), parts.count(), body);
    }

    private void part(String variable, int first, int end, int size, int all, Consumer<Integer> body) {
        if (first == end) {
            return;
        }
        if (size == all) {
            body.accept(size);
            return;
        }
        code.beginControlFlow("for (int $1L = $2L; $1L < $3L; $1L += $4L)", variable, first, end, size);
        body.accept(size);
        code.endControlFlow();
    }

    /** Writes what is done for some vectors of lanes from a lane on. */
    private interface LaneBody {
        void write(int vectors, String lane);
    }

    private void lanes(int width, LaneBody body) {
        int wide = kernel.vectors(true);
        int narrow = kernel.vectors(false);
        if (lanes.isVector() && wide != narrow) {
            code.beginControlFlow("if (WIDE)");
            lanes(width, wide, body);
            code.nextControlFlow("else");
            lanes(width, narrow, body);
            code.endControlFlow();
        } else {
            lanes(width, narrow, body);
        }
    }

    private void lanes(int width, int vectors, LaneBody body) {
        String step = lanes.isVector() ? (vectors == 1 ? "L" : vectors + " * L") : String.valueOf(vectors);
        code.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", width, step);
        body.write(vectors, "lane");
        code.endControlFlow();
    }
}
