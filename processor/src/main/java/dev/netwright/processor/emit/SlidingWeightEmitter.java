package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.SlidingWeightGradient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loops of a {@link SlidingWeightGradient}, and its tiles as methods of their own. */
final class SlidingWeightEmitter implements KernelEmitter {
    private final String name;
    private final SlidingWeightGradient kernel;
    private final Lanes lanes;
    private final Map<Integer, KernelMethod> tiles = new LinkedHashMap<>();

    SlidingWeightEmitter(String name, SlidingWeightGradient kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        int block = kernel.sampleBlock();
        if (block > 0) {
            TileEmitter.openSampleBlock(code, block);
        }
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        int parts = kernel.parts();
        int size = kernel.tileChannels();
        code.addStatement("int channel = unit % $L * $L", parts, size);
        code.addStatement("int row = unit / $L % $L", parts, kernel.kernelRows());
        code.addStatement("int block = unit / $L", parts * kernel.kernelRows());
        TileEmitter.openSamples(code, block);
        code.addStatement(
                "int aAt = $L",
                Index.of("aBase")
                        .plus("sample", kernel.a().sample())
                        .plus("row", kernel.kernelLines(), kernel.a().kernelLines())
                        .plus("channel", kernel.a().channel())
                        .plus(
                                kernel.sharing() > 1 ? "block / " + kernel.sharing() : "block",
                                kernel.a().group()));
        code.addStatement(
                "int bAt = $L",
                Index.of("bBase")
                        .plus("sample", kernel.b().sample())
                        .plus("block", kernel.b().block()));
        code.addStatement(
                "int cAt = $L",
                Index.of("cBase")
                        .plus("block", kernel.result().block())
                        .plus("row", kernel.result().kernelRow())
                        .plus("channel", Layout.LANES));
        code.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", Layout.LANES, lanes.count());
        int rest = kernel.channels() % size;
        if (rest == 0) {
            call(code, size);
        } else {
            code.beginControlFlow("if (channel < $L)", kernel.channels() - rest);
            call(code, size);
            code.nextControlFlow("else");
            call(code, rest);
            code.endControlFlow();
        }
        code.endControlFlow();
        code.endControlFlow();
        if (block > 0) {
            code.endControlFlow();
        }
        return code.endControlFlow().build();
    }

    @Override
    public List<KernelMethod> helpers() {
        return List.copyOf(tiles.values());
    }

    private void call(Code.Builder code, int channels) {
        String tile = name + "Tile" + kernel.taps() + "x" + channels;
        tiles.computeIfAbsent(
                channels,
                n -> KernelMethod.named(tile)
                        .parameters(Operands.arrays(kernel))
                        .body(tile(channels)));
        code.addStatement("$L(a,$WaAt,$Wb,$WbAt + lane,$Wc,$WcAt + lane)", tile);
    }

    private static String sum(int tap, int channel) {
        return "s" + tap + "_" + channel;
    }

    private Code tile(int channels) {
        Code.Builder code = Code.builder();
        int pixels = kernel.pixels();
        code.add(
                "// $L x $L, each a sum over $L pixels, $L at a time\n",
                Counted.of(kernel.taps(), "tap"),
                Counted.of(channels, "channel"),
                PixelSums.sizes(kernel.lines(), kernel.columns()),
                pixels);
        code.addStatement("$T zero = $L", lanes.type(), lanes.broadcast("0f"));
        for (int t = 0; t < kernel.taps(); t++) {
            for (int i = 0; i < channels; i++) {
                code.addStatement("$T $L = zero", lanes.type(), sum(t, i));
            }
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
        for (int i = 0; i < channels; i++) {
            products(code, i, pixels);
        }
        pixelSums.close(code);
        for (int t = 0; t < kernel.taps(); t++) {
            for (int i = 0; i < channels; i++) {
                String index = Index.of("cBase")
                        .plus(t * kernel.result().tap() + i * Layout.LANES)
                        .toString();
                code.addStatement(lanes.add(sum(t, i), "c", index));
            }
        }
        return code.build();
    }

    /** Each value of a channel meets the pixels that it is a tap of; a tap's pixels come in their order. */
    private void products(Code.Builder code, int channel, int pixels) {
        for (int x = 0; x < pixels + kernel.taps() - 1; x++) {
            String index = Index.of("ak")
                    .plus(x * kernel.a().column() + channel * kernel.a().channel())
                    .toString();
            Code value = lanes.broadcast("a[" + index + "]");
            int first = Math.max(0, x - pixels + 1);
            int last = Math.min(kernel.taps() - 1, x);
            if (first < last) {
                String name = "a" + channel + "_" + x;
                code.addStatement("$T $L = $L", lanes.type(), name, value);
                value = Code.of("$L", name);
            }
            for (int t = first; t <= last; t++) {
                String s = sum(t, channel);
                code.addStatement("$L = $L", s, lanes.fma(value, Code.of("b$L", x - t), Code.of("$L", s)));
            }
        }
    }
}
