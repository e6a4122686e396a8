package dev.netwright.processor.emit;

import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Strides;
import dev.netwright.processor.plan.SumLoop;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.TileShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One register tile: accumulators in local variables, literal strides in the loops, the epilogue before the only
 * store.
 */
final class TileBodyEmitter {
    private final String name;
    private final Tile tile;
    private final Lanes lanes;
    private final int size;
    private final int vectors;
    private final boolean spread;
    private final Map<String, Strides> strides;
    private final Code.Builder code = Code.builder();
    private final EpilogueEmitter epilogue;

    TileBodyEmitter(String name, Tile tile, Lanes lanes, int size, TileShape shape, Map<String, Strides> strides) {
        this.name = name;
        this.tile = tile;
        this.lanes = lanes;
        this.size = size;
        this.vectors = shape.vectors();
        this.spread = shape.spread(tile);
        this.strides = strides;
        this.epilogue = new EpilogueEmitter(tile.store().epilogue(), lanes, code);
    }

    List<ParameterSpec> parameters() {
        List<ParameterSpec> parameters = new ArrayList<>(Operands.arrays(tile));
        if (tile.samples() == Samples.SUMMED) {
            parameters.add(ParameterSpec.builder(TypeName.INT, "samples").build());
        }
        return parameters;
    }

    Code code() {
        comment();
        furtherVectors();
        start();
        sum();
        finish();
        return code.build();
    }

    private void comment() {
        boolean grouped = vectors > 1 && strides.values().stream().anyMatch(this::isGrouped);
        code.add(
                "// $L$L x $L$L\n",
                Counted.of(size, pools() ? "window" : "column"),
                pools() ? " of 2 x 2" : "",
                Counted.of(vectors, "vector"),
                grouped ? ", weights in blocks of " + Layout.LANES + " lanes" : "");
    }

    private boolean pools() {
        return tile.store().pooling().pools();
    }

    /** Accumulators in the direction of columns; a pooled tile has two rows of them. */
    private int elements() {
        return pools() ? 4 * size : size;
    }

    private static String accumulator(int element, int vector) {
        return "s" + element + "_" + vector;
    }

    private void start() {
        Tile.Start start = tile.sum().start();
        if (tile.sum().biased()) {
            for (int v = 0; v < vectors; v++) {
                code.addStatement("$T start$L = $L", lanes.type(), v, lanes.load("bias", lane("biasBase", 0, v)));
            }
        } else if (!start.isOfResults()) {
            code.addStatement(
                    "$T zero = $L",
                    lanes.type(),
                    lanes.isVector() ? Code.of("$T.zero(S)", RuntimeNames.FLOAT_VECTOR) : Code.of("0f"));
        }
        for (int i = 0; i < elements(); i++) {
            for (int v = 0; v < vectors; v++) {
                Code first = start.isOfResults()
                        ? lanes.load(start.operand(), at(start.operand(), i, v))
                        : Code.of(tile.sum().biased() ? "start" + v : "zero");
                code.addStatement("$T $L = $L", lanes.type(), accumulator(i, v), first);
            }
        }
    }

    private void sum() {
        if (tile.samples() == Samples.SUMMED) {
            sumOfSamples();
            return;
        }
        if (tile.sum().loops().isEmpty()) {
            return; // no tap reaches these inputs
        }
        Index a = Index.of("aBase");
        Index b = Index.of("bBase");
        int taps = tile.taps();
        int last = tile.sum().loops().size() - 1;
        int depth = 0;
        for (SumLoop loop :
                taps > 1 ? tile.sum().loops().subList(0, last) : tile.sum().loops()) {
            String k = "k" + depth++;
            code.beginControlFlow("$L", Trips.loop(k, loop.count(), lanes));
            a.plus(k, loop.a());
            b.plus(k, loop.b());
        }
        code.addStatement("int ak = $L", a);
        code.addStatement("int bk = $L", b);
        products(taps, taps > 1 ? tile.sum().loops().get(last).b() : 0);
        for (int i = 0; i < depth; i++) {
            code.endControlFlow();
        }
    }

    /**
     * A do-while, as JDK 17 boxes the accumulators of a for whose count it does not know; and a single one, as both JDKs
     * box them where a loop is within it.
     */
    private void sumOfSamples() {
        if (tile.sum().loops().isEmpty()) {
            code.addStatement("int sample = 0");
            code.beginControlFlow("do");
            code.addStatement(
                    "int ak = $L", Index.of("aBase").plus("sample", tile.a().sample()));
            code.addStatement(
                    "int bk = $L", Index.of("bBase").plus("sample", tile.b().sample()));
            products(1, 0);
            code.endControlFlow("while (++sample < samples)");
            return;
        }
        if (tile.sum().loops().size() > 1) {
            throw new IllegalArgumentException(
                    name + " sums over samples around " + tile.sum().loops().size() + " loops");
        }
        SumLoop loop = tile.sum().loops().get(0);
        code.addStatement("int ak = aBase");
        code.addStatement("int bk = bBase");
        code.addStatement("int rest = $L", loop.count());
        code.addStatement("int step = 0");
        code.addStatement("int steps = samples * $L", loop.count());
        code.beginControlFlow("do");
        products(1, 0);
        code.addStatement("ak += $L", loop.a());
        code.addStatement("bk += $L", loop.b());
        code.beginControlFlow("if (--rest == 0)");
        code.addStatement("rest = $L", loop.count());
        code.addStatement("ak += $L", tile.a().sample() - loop.count() * loop.a());
        code.addStatement("bk += $L", tile.b().sample() - loop.count() * loop.b());
        code.endControlFlow();
        code.endControlFlow("while (++step < steps)");
    }

    /** One iteration of the sum; with several taps, so many of the innermost loop. */
    private void products(int taps, int tapStride) {
        for (int t = 0; t < taps; t++) {
            for (int v = 0; v < vectors; v++) {
                code.addStatement(
                        "$T $L = $L", lanes.type(), weight(t, v), lanes.load("b", vector("b", "bk", t * tapStride, v)));
            }
        }
        int row = pools() ? 2 * size : size;
        int tap =
                taps > 1 ? tile.sum().loops().get(tile.sum().loops().size() - 1).a() : 0;
        for (int first = 0; first < elements(); first += row) {
            int read = 0;
            for (int position : tile.reads(row)) {
                String value = "a" + (taps > 1 && first > 0 ? "b" + read : String.valueOf(first + read));
                read++;
                read(value, first / row * tile.store().pooling().row() + position);
                for (int t = 0; t < taps; t++) {
                    for (int i = 0; i < row; i++) {
                        if (i * tile.a().column() + t * tap == position) {
                            multiply(value, first + i, t);
                        }
                    }
                }
            }
        }
    }

    /** A value for all lanes, or one for each. */
    private void read(String value, int offset) {
        if (!tile.sum().lanewise()) {
            Code broadcast = lanes.broadcast("a[" + Index.of("ak").plus(offset) + "]");
            code.addStatement("$T $L = $L", lanes.type(), value, broadcast);
            return;
        }
        for (int v = 0; v < vectors; v++) {
            code.addStatement("$T $L = $L", lanes.type(), lanewise(value, v), lanes.load("a", lane("ak", offset, v)));
        }
    }

    private void multiply(String value, int element, int tap) {
        for (int v = 0; v < vectors; v++) {
            String s = accumulator(element, v);
            code.addStatement(
                    "$L = $L", s, lanes.fma(tile.sum().lanewise() ? lanewise(value, v) : value, weight(tap, v), s));
        }
    }

    private static String lanewise(String value, int vector) {
        return vector == 0 ? value : value + "_" + vector;
    }

    private static String weight(int tap, int vector) {
        return tap == 0 ? "b" + vector : "b" + tap + "_" + vector;
    }

    private void finish() {
        String[][] results = new String[elements()][vectors];
        for (int i = 0; i < elements(); i++) {
            for (int v = 0; v < vectors; v++) {
                results[i][v] = epilogue(i, v);
                if (!pools()) {
                    store(results[i][v], i, v);
                }
            }
        }
        if (pools()) {
            pooled().explain();
            for (int w = 0; w < size; w++) {
                for (int v = 0; v < vectors; v++) {
                    pool(results, w, v);
                }
            }
        }
    }

    private String epilogue(int element, int vector) {
        return epilogue.write(
                accumulator(element, vector), element + "_" + vector, operand -> at(operand, element, vector));
    }

    private void store(String result, int element, int vector) {
        String index = at("c", element, vector);
        if (tile.store().accumulate()) {
            code.addStatement(lanes.add(result, "c", index));
            return;
        }
        code.addStatement(lanes.store(result, "c", index));
    }

    private Pooled pooled() {
        return new Pooled(lanes, code, tile.store().pooling());
    }

    private void pool(String[][] results, int window, int vector) {
        int row = 2 * size;
        List<String> four = List.of(
                results[2 * window][vector],
                results[2 * window + 1][vector],
                results[row + 2 * window][vector],
                results[row + 2 * window + 1][vector]);
        boolean index = tile.store().pooling().storesIndex();
        pooled().store(
                        four,
                        window + "_" + vector,
                        at("c", window, vector),
                        index ? at("index", window, vector) : null);
    }

    /** Index of an operand for a column (or window) and a vector of the tile. */
    private String at(String operand, int element, int vector) {
        return vector(
                operand, Operands.base(operand), element * strides.get(operand).column(), vector);
    }

    /** Where an operand's further vectors begin: with 16 lanes each in the next block, with 8 the second in the first. */
    private void furtherVectors() {
        strides.forEach((operand, stride) -> {
            for (int v = 1; v < vectors && isGrouped(stride) && !spread; v++) {
                String lane = v == 1 ? "L" : v + " * L";
                code.addStatement(
                        "int $L = $L / $L * $L + $L % $L",
                        further(operand, v), lane, Layout.LANES, stride.group(), lane, Layout.LANES);
            }
        });
    }

    private boolean isGrouped(Strides operand) {
        return lanes.isVector() && operand.isGrouped();
    }

    private static String further(String operand, int vector) {
        return operand + "Lanes" + vector;
    }

    /** A vector of an operand, which may be in another block of 16 lanes than the first. */
    private String vector(String operand, String base, int offset, int vector) {
        if (spread) {
            return Index.of(base)
                    .plus(offset + vector * strides.get(operand).group())
                    .toString();
        }
        return vector > 0 && isGrouped(strides.get(operand))
                ? Index.of(base).plus(offset).plus(further(operand, vector), 1).toString()
                : lane(base, offset, vector);
    }

    /** A vector where neighbours are. */
    private String lane(String base, int offset, int vector) {
        if (spread) {
            return Index.of(base).plus(offset + vector * Layout.LANES).toString();
        }
        return Index.of(base).plus(offset).lanes(lanes.count(), vector).toString();
    }
}
