package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.plan.DepthwiseWeightGradient;
import dev.netwright.processor.plan.Layout;
import java.util.List;

/** The loops of a {@link DepthwiseWeightGradient}; the sum over one sample is a method of its own. */
final class DepthwiseWeightEmitter implements KernelEmitter {
    private final String name;
    private final DepthwiseWeightGradient kernel;
    private final Lanes lanes;

    DepthwiseWeightEmitter(String name, DepthwiseWeightGradient kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        int vectors = kernel.width() / Layout.LANES;
        int block = kernel.sampleBlock();
        if (block > 0) {
            TileEmitter.openSampleBlock(code, block);
        }
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int start = unit % $L * $L", vectors, Layout.LANES);
        code.addStatement("int row = unit / $L", vectors);
        TileEmitter.openSamples(code, block);
        code.beginControlFlow("for (int lane = start; lane < start + $L; lane += $L)", Layout.LANES, lanes.count());
        code.addStatement(
                "$L(a,$W$L,$Wb,$W$L,$Wc,$W$L)",
                tileName(),
                Index.of("aBase")
                        .plus("sample", kernel.a().sample())
                        .plus("row", kernel.tapLines(), kernel.tapSteps())
                        .plus("lane", 1),
                Index.of("bBase").plus("sample", kernel.b().sample()).plus("lane", 1),
                Index.of("cBase")
                        .plus("row", kernel.tapColumns() * kernel.tap())
                        .plus("lane", 1));
        code.endControlFlow().endControlFlow();
        if (block > 0) {
            code.endControlFlow();
        }
        return code.endControlFlow().build();
    }

    private String tileName() {
        return name + "Tile" + kernel.unitRows() + "x" + kernel.tapColumns();
    }

    @Override
    public List<KernelMethod> helpers() {
        return List.of(KernelMethod.named(tileName())
                .parameters(Operands.arrays(kernel))
                .body(sums()));
    }

    private Code sums() {
        Code.Builder code = Code.builder();
        int pixels = kernel.pixels();
        int taps = kernel.unitRows() * kernel.tapColumns();
        code.add(
                "// $L, each a sum over $L pixels, $L at a time\n",
                Counted.of(taps, "tap"),
                PixelSums.sizes(kernel.lines(), kernel.columns()),
                pixels);
        for (int tap = 0; tap < taps; tap++) {
            code.addStatement("$T s$L = $L", lanes.type(), tap, lanes.broadcast("0f"));
        }
        PixelSums pixelSums = new PixelSums(
                kernel.lines(),
                kernel.columns(),
                pixels,
                kernel.a().lines(),
                kernel.a().column(),
                kernel.b().lines(),
                kernel.b().column());
        pixelSums.open(code, lanes);
        for (int row = 0; row < kernel.unitRows(); row++) {
            products(code, row, pixels);
        }
        pixelSums.close(code);
        for (int tap = 0; tap < taps; tap++) {
            String index = Index.of("cBase").plus(tap * kernel.tap()).toString();
            code.addStatement(lanes.add("s" + tap, "c", index));
        }
        return code.build();
    }

    /** Pixels of a tap come in their order. */
    private void products(Code.Builder code, int row, int pixels) {
        int read = 0;
        for (int position : kernel.reads(pixels)) {
            String value = "a" + row + "_" + read++;
            String index = Index.of("ak").plus(kernel.tapRow(row) + position).toString();
            code.addStatement("$T $L = $L", lanes.type(), value, lanes.load("a", index));
            for (int p = 0; p < pixels; p++) {
                for (int tap = 0; tap < kernel.tapColumns(); tap++) {
                    if (p * kernel.a().column() + tap * kernel.tapColumn() == position) {
                        String s = "s" + (row * kernel.tapColumns() + tap);
                        code.addStatement("$L = $L", s, lanes.fma(value, "b" + p, s));
                    }
                }
            }
        }
    }
}
