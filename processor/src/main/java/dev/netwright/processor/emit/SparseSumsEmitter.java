package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.SumLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sums of one call: taken from memory to registers, added to with one load for each multiplication, and put back.
 * Where the maximum of a window lies, and with it what is loaded, is an offset and no branch.
 */
final class SparseSumsEmitter {
    private final String name;
    private final SparseKernel kernel;
    private final Lanes lanes;
    private final int vectors;
    private final Code.Builder code = Code.builder();

    SparseSumsEmitter(String name, SparseKernel kernel, Lanes lanes, int vectors) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
        this.vectors = vectors;
    }

    /** The sums of a few outputs over a band of windows. */
    KernelMethod weightGradient(SparseKernel.WeightGradient k, int rows, int columns) {
        code.add(
                "// $L of $L over $L x $L windows\n",
                Counted.of(k.spots().size() * k.together(), "sum"),
                Counted.of(vectors, "vector"),
                rows,
                columns);
        multiples();
        List<String> sums = starts(
                "rowsBase",
                IntStream.range(0, k.together())
                        .boxed()
                        .flatMap(o -> k.spots().stream().map(spot -> o * k.outputRow() + spot.b())));
        load("rows", sums);
        loop("k0", rows);
        loop("k1", columns);
        code.addStatement("int gk = $L", window("gBase", k.gradient()));
        code.addStatement("int ik = $L", window("indexBase", k.maxima().strides()));
        for (int o = 0; o < k.together(); o++) {
            place(k.maxima(), o, Index.of("ik").plus(o * k.maxima().channel()));
            Index x = window("xBase", k.x());
            if (k.maxima().offsets()) {
                x.plus("place" + o, 1);
            } else {
                x.plus("(place" + o + " >> 1)", k.x().row() / 2).plus("(place" + o + " & 1)", k.x().column() / 2);
            }
            code.addStatement("int xk$L = $L", o, x);
            gradient(o, Index.of("gk").plus(o * k.gradientChannel()));
            int first = o * k.spots().size();
            add(first, starts("xk" + o, k.spots().stream().map(SumLoop::a)), "x", o);
        }
        code.endControlFlow();
        code.endControlFlow();
        store("rows", sums);
        return method();
    }

    /** One row of the patches of a row of windows, over some outputs. */
    KernelMethod inputGradient(SparseKernel.InputGradient k, int outputs) {
        code.add(
                "// for each of $L: $L of $L over $L\n",
                Counted.of(k.columns(), "window"),
                Counted.of(k.patchColumns(), "sum"),
                Counted.of(vectors, "vector"),
                Counted.of(outputs, "output"));
        multiples();
        loop("k0", k.columns());
        code.addStatement("int ck = $L", Index.of("cBase").plus("k0", k.c().column()));
        List<String> sums = new ArrayList<>(List.of("ck"));
        for (int column = 1; column < k.patchColumns(); column++) {
            // a variable of its own is shorter than the sum again and again
            code.addStatement("int ck$L = $L", column, Index.of("ck").plus(column * k.patchColumn()));
            sums.add("ck" + column);
        }
        load("c", sums);
        loop("k1", outputs);
        SparseKernel.Maxima maxima = k.maxima();
        place(
                maxima,
                0,
                Index.of("indexBase").plus("k0", maxima.strides().column()).plus("k1", maxima.channel()));
        Index w = Index.of("wBase").plus("k1", k.outputWeights());
        if (maxima.offsets()) {
            // 1 or 0 by the sign of a difference: what is below a row lies in the first one
            code.addStatement("int down = $L - place0 - 1 >>> 31", maxima.row());
            code.addStatement("int right = down * $L - place0 >>> 31", maxima.row());
            w.plus("down", -k.patchColumns() * k.width()).plus("right", -k.width());
        } else {
            w.plus("(place0 >> 1)", -k.patchColumns() * k.width()).plus("(place0 & 1)", -k.width());
        }
        code.addStatement("int wk = $L", w);
        gradient(0, Index.of("gBase").plus("k0", k.gradient().column()).plus("k1", k.gradientChannel()));
        add(0, starts("wk", IntStream.range(0, k.patchColumns()).mapToObj(column -> column * k.width())), "w", 0);
        code.endControlFlow();
        store("c", sums);
        code.endControlFlow();
        return method();
    }

    private static Index window(String base, SparseKernel.Strides strides) {
        return Index.of(base).plus("k0", strides.row()).plus("k1", strides.column());
    }

    private void loop(String variable, int count) {
        code.beginControlFlow("$L", Trips.loop(variable, count, lanes));
    }

    private void place(SparseKernel.Maxima maxima, int number, Index index) {
        // a conversion costs a quarter of the whole kernel
        String read = maxima.offsets() ? "Float.floatToRawIntBits(index[$L])" : "(int) index[$L]";
        code.addStatement("int place$L = " + read, number, index);
    }

    private void gradient(int number, Index index) {
        code.addStatement("$T g$L = $L", lanes.type(), number, lanes.broadcast("g[" + index + "]"));
    }

    private void load(String array, List<String> starts) {
        each(starts, 0, (sum, index) -> code.addStatement("$T $L = $L", lanes.type(), sum, lanes.load(array, index)));
    }

    private void add(int first, List<String> starts, String array, int gradient) {
        each(starts, first, (sum, index) -> {
            Code loaded = lanes.load(array, index);
            code.addStatement("$L = $L", sum, lanes.fma(loaded, Code.of("g" + gradient), Code.of(sum)));
        });
    }

    private void store(String array, List<String> starts) {
        each(starts, 0, (sum, index) -> code.addStatement(lanes.store(sum, array, index)));
    }

    /** Something for a sum in registers, given its name and an index in memory. */
    private interface Sum {
        void write(String name, String index);
    }

    private void each(List<String> starts, int first, Sum body) {
        for (int i = 0; i < starts.size(); i++) {
            for (int v = 0; v < vectors; v++) {
                Index index = Index.of(starts.get(i));
                if (v > 1 && lanes.isVector()) {
                    index.plus("lanes" + v, 1);
                } else {
                    index.lanes(lanes.count(), v);
                }
                body.write("s" + (first + i) + "_" + v, index.toString());
            }
        }
    }

    private static List<String> starts(String base, Stream<Integer> offsets) {
        return offsets.map(offset -> Index.of(base).plus(offset).toString()).toList();
    }

    /** Multiples of the number of lanes, which are shorter as variables: methods must not grow beyond what C1 takes. */
    private void multiples() {
        for (int v = 2; v < vectors && lanes.isVector(); v++) {
            code.addStatement("int lanes$1L = $1L * L", v);
        }
    }

    private KernelMethod method() {
        return KernelMethod.named(name).parameters(Operands.arrays(kernel)).body(code.build());
    }
}
