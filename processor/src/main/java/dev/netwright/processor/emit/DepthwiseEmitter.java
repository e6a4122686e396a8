package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Depthwise;
import dev.netwright.processor.plan.Strides;
import dev.netwright.processor.plan.SumLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loops of a {@link Depthwise} convolution; the tiles along a row are methods of their own. */
final class DepthwiseEmitter implements KernelEmitter {
    private final String name;
    private final Depthwise kernel;
    private final Lanes lanes;
    private final Map<String, Strides> strides = new LinkedHashMap<>();
    private final List<KernelMethod> tiles = new ArrayList<>();

    DepthwiseEmitter(String name, Depthwise kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
        Strides still = new Strides(0, 0, Collections.nCopies(kernel.lines().size(), 0), 0);
        strides.put("a", kernel.a());
        strides.put("b", still);
        if (kernel.biased()) {
            strides.put("bias", still);
        }
        strides.putAll(kernel.store().operands());
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int row = unit % $L", kernel.rows());
        code.addStatement("int sample = unit / $L", kernel.rows());
        strides.forEach((operand, stride) -> code.addStatement(
                "int $LAt = $L",
                operand,
                Index.of(Operands.base(operand))
                        .plus("sample", stride.sample())
                        .plus("row", kernel.lines(), stride.rows())));
        int size = kernel.tileColumns();
        int whole = kernel.columns() / size * size;
        if (whole > size) {
            code.beginControlFlow("for (int column = 0; column < $L; column += $L)", whole, size);
            call(code, "column", size);
            code.endControlFlow();
        } else {
            call(code, "0", size);
        }
        if (whole < kernel.columns()) {
            call(code, String.valueOf(whole), kernel.columns() - whole);
        }
        return code.endControlFlow().build();
    }

    @Override
    public List<KernelMethod> helpers() {
        return tiles;
    }

    private void call(Code.Builder code, String first, int size) {
        String tile = name + "Tile" + size;
        List<String> arguments = new ArrayList<>();
        strides.forEach((operand, stride) -> {
            Index index = Index.of(operand + "At");
            if (first.equals("column")) {
                index.plus(first, stride.column());
            } else {
                index.plus(Integer.parseInt(first) * stride.column());
            }
            arguments.add(operand);
            arguments.add(index.toString());
        });
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", tile);
        tiles.add(KernelMethod.named(tile).parameters(Operands.arrays(kernel)).body(new Tile(size).code()));
    }

    /** Some columns, all lanes of them: memory is then read and written from its start to its end. */
    private final class Tile {
        private final int size;
        private final Code.Builder code = Code.builder();
        private final EpilogueEmitter epilogue =
                new EpilogueEmitter(kernel.store().epilogue(), lanes, code);

        Tile(int size) {
            this.size = size;
        }

        Code code() {
            code.add(
                    "// $L columns, each a sum over $L taps\n",
                    size,
                    PixelSums.sizes(
                            kernel.tapLines().stream().map(SumLoop::count).toList(), kernel.tapColumns()));
            code.beginControlFlow(
                    "$L",
                    lanes.isVector() ? Trips.vectors("k0", kernel.width()) : Trips.loop("k0", kernel.width(), lanes));
            code.addStatement("int ak = aBase + k0");
            code.addStatement("int bk = bBase + k0");
            Code start = kernel.biased() ? lanes.load("bias", at("bias", 0)) : lanes.broadcast("0f");
            code.addStatement("$T start = $L", lanes.type(), start);
            for (int i = 0; i < size; i++) {
                code.addStatement("$T s$L = start", lanes.type(), i);
            }
            if (kernel.unrolls()) {
                for (int row = 0; row < kernel.tapRows(); row++) {
                    weights(row, "bk");
                    products(row, "ak", kernel.tapRow(row, SumLoop::a));
                }
            } else {
                rows();
            }
            for (int i = 0; i < size; i++) {
                code.addStatement(lanes.store(result(i), "c", at("c", i)));
            }
            return code.endControlFlow().build();
        }

        private String at(String operand, int column) {
            return Index.of(Operands.base(operand))
                    .plus("k0", 1)
                    .plus(column * strides.get(operand).column())
                    .toString();
        }

        /** Rows of taps as iterations: their weights are evenly apart. */
        private void rows() {
            Index a = Index.of("ak");
            Index b = Index.of("bk");
            for (int i = 0; i < kernel.tapLines().size(); i++) {
                SumLoop line = kernel.tapLines().get(i);
                String variable = "k" + (i + 1);
                code.beginControlFlow("$L", Trips.loop(variable, line.count(), lanes));
                a.plus(variable, line.a());
                b.plus(variable, line.count() > 1 ? line.b() : 0);
            }
            code.addStatement("int ar = $L", a);
            code.addStatement("int br = $L", b);
            weights(0, "br");
            products(0, "ar", 0);
            kernel.tapLines().forEach(any -> code.endControlFlow());
        }

        private void weights(int row, String base) {
            for (int tap = 0; tap < kernel.tapColumns(); tap++) {
                int offset = kernel.tapRow(row, SumLoop::b) + kernel.taps().get(tap);
                String index = Index.of(base).plus(offset).toString();
                code.addStatement("$T b$L_$L = $L", lanes.type(), row, tap, lanes.load("b", index));
            }
        }

        private void products(int row, String base, int offset) {
            int read = 0;
            for (int position : kernel.reads(size)) {
                String value = "a" + row + "_" + read++;
                String index = Index.of(base).plus(offset + position).toString();
                code.addStatement("$T $L = $L", lanes.type(), value, lanes.load("a", index));
                for (int i = 0; i < size; i++) {
                    for (int tap = 0; tap < kernel.tapColumns(); tap++) {
                        if (i * kernel.a().column() + tap * kernel.tapColumn() == position) {
                            code.addStatement("s$1L = $2L", i, lanes.fma(value, "b" + row + "_" + tap, "s" + i));
                        }
                    }
                }
            }
        }

        private String result(int column) {
            return epilogue.write("s" + column, String.valueOf(column), operand -> at(operand, column));
        }
    }
}
