package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.netwright.processor.plan.Kernel.SumLoop;
import dev.netwright.processor.plan.SparseKernel;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * The sums of one call: taken from memory to registers, added to with one load for each multiplication, and put back.
 * Where the maximum of a window lies, and with it what is loaded, is an offset and no branch.
 */
final class SparseSumsEmitter {
    private final String name;
    private final SparseKernel kernel;
    private final Lanes lanes;
    private final int vectors;
    private final CodeBlock.Builder code = CodeBlock.builder();

    SparseSumsEmitter(String name, SparseKernel kernel, Lanes lanes, int vectors) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
        this.vectors = vectors;
    }

    /** The sums of a few outputs over a band of windows. */
    MethodSpec weightGradient(SparseKernel.WeightGradient k, int rows, int columns) {
        code.add(
                "// $L sums of $L vectors over $L x $L windows\n",
                k.spots().size() * k.together(),
                vectors,
                rows,
                columns);
        List<Integer> sums = IntStream.range(0, k.together())
                .boxed()
                .flatMap(o -> k.spots().stream().map(spot -> o * k.outputRow() + spot.b()))
                .toList();
        load("rows", "rowsBase", sums);
        loop("k0", rows);
        loop("k1", columns);
        code.addStatement("int gk = $L", window("gBase", k.gradient()));
        code.addStatement("int ik = $L", window("indexBase", k.index()));
        for (int o = 0; o < k.together(); o++) {
            tap(o, Index.of("ik").plus(o * k.indexChannel()));
            Index x = window("xBase", k.x())
                    .plus("(tap" + o + " >> 1)", k.x().row() / 2)
                    .plus("(tap" + o + " & 1)", k.x().column() / 2);
            code.addStatement("int xk$L = $L", o, x);
            gradient(o, Index.of("gk").plus(o * k.gradientChannel()));
            int first = o * k.spots().size();
            List<Integer> from = k.spots().stream().map(SumLoop::a).toList();
            add(first, from, "x", "xk" + o, o);
        }
        code.endControlFlow();
        code.endControlFlow();
        store("rows", "rowsBase", sums);
        return method();
    }

    /** One row of the patches of a row of windows, over some outputs. */
    MethodSpec inputGradient(SparseKernel.InputGradient k, int outputs) {
        code.add(
                "// for each of $L windows: $L sums of $L vectors over $L outputs\n",
                k.columns(),
                k.patchColumns(),
                vectors,
                outputs);
        List<Integer> sums = IntStream.range(0, k.patchColumns())
                .map(column -> column * k.patchColumn())
                .boxed()
                .toList();
        List<Integer> from = IntStream.range(0, k.patchColumns())
                .map(column -> column * k.width())
                .boxed()
                .toList();
        loop("k0", k.columns());
        code.addStatement("int ck = $L", Index.of("cBase").plus("k0", k.c().column()));
        load("c", "ck", sums);
        loop("k1", outputs);
        tap(
                0,
                Index.of("indexBase").plus("k0", k.index().column()).plus("k1", k.indexChannel()));
        Index w = Index.of("wBase")
                .plus("k1", k.outputWeights())
                .plus("(tap0 >> 1)", -k.patchColumns() * k.width())
                .plus("(tap0 & 1)", -k.width());
        code.addStatement("int wk = $L", w);
        gradient(
                0,
                Index.of("gBase").plus("k0", k.gradient().column()).plus("k1", k.gradientChannel()));
        add(0, from, "w", "wk", 0);
        code.endControlFlow();
        store("c", "ck", sums);
        code.endControlFlow();
        return method();
    }

    private static Index window(String base, SparseKernel.Strides strides) {
        return Index.of(base).plus("k0", strides.row()).plus("k1", strides.column());
    }

    private void loop(String variable, int count) {
        code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", variable, count);
    }

    private void tap(int number, Index index) {
        code.addStatement("int tap$L = (int) index[$L]", number, index);
    }

    private void gradient(int number, Index index) {
        code.addStatement("$T g$L = $L", lanes.type(), number, lanes.broadcast("g[" + index + "]"));
    }

    private void load(String array, String base, List<Integer> sums) {
        each(sums, 0, (sum, index) ->
                code.addStatement("$T $L = $L", lanes.type(), sum, lanes.load(array, lane(base, index[0], index[1]))));
    }

    private void add(int first, List<Integer> from, String array, String base, int gradient) {
        each(from, first, (sum, index) -> {
            String loaded = lanes.load(array, lane(base, index[0], index[1])).toString();
            code.addStatement("$L = $L", sum, lanes.fma(loaded, "g" + gradient, sum));
        });
    }

    private void store(String array, String base, List<Integer> sums) {
        each(sums, 0, (sum, index) -> code.addStatement(lanes.store(sum, array, lane(base, index[0], index[1]))));
    }

    /** Something for a sum in registers, given its name, and the offset and vector. */
    private interface Sum {
        void write(String name, int[] offsetAndVector);
    }

    private void each(List<Integer> offsets, int first, Sum body) {
        for (int i = 0; i < offsets.size(); i++) {
            for (int v = 0; v < vectors; v++) {
                body.write("s" + (first + i) + "_" + v, new int[] {offsets.get(i), v});
            }
        }
    }

    private String lane(String base, int offset, int vector) {
        return Index.of(base).plus(offset).lanes(lanes.count(), vector).toString();
    }

    private MethodSpec method() {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameters(Operands.arrays(kernel))
                .addCode(code.build())
                .build();
    }
}
