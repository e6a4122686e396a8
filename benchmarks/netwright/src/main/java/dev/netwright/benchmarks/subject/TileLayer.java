package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.LayerShape;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer whose kernels have tiles of some of the table's forms.
 *
 * @param name of its folder
 * @param shape of the convolution or fully connected layer
 * @param pooled whether a max pool is behind it
 * @param batch samples of a step: some megaflops
 */
record TileLayer(String name, LayerShape shape, boolean pooled, int batch) {
    /** Outputs of a convolution whose tiles have 16, 32 and 48 lanes. */
    private static final List<Integer> OUTPUTS = List.of(80, 128, 144);

    /** Outputs of a fully connected layer whose tiles have 16, 32, 48 and 64 lanes. */
    private static final List<Integer> FEATURES = List.of(80, 96, 144, 128);

    static List<TileLayer> all() {
        List<TileLayer> layers = new ArrayList<>();
        for (int outputs : OUTPUTS) {
            layers.add(of("long", LayerShape.convolution(256, 14, outputs, 1, 1), 4));
            layers.add(of("short", LayerShape.convolution(64, 28, outputs, 1, 1), 2));
            // 24 columns, which 4, 6, 8 and 12 divide, so that no tile has a rest
            layers.add(of("nested", LayerShape.convolution(32, 48, outputs, 3, 2), 1));
            LayerShape pooled = LayerShape.convolution(64, 28, outputs, 1, 1);
            layers.add(new TileLayer("pooled" + outputs, pooled, true, 2));
        }
        FEATURES.forEach(outputs -> layers.add(of("linear", LayerShape.linear(1024, outputs), 64)));
        layers.add(of("taps", LayerShape.convolution(3, 32, 16, 5, 1), 8));
        // by Winograd's algorithm, with sums over many and over few columns
        layers.add(of("products", LayerShape.convolution(32, 28, 64, 5, 1), 2));
        layers.add(of("products", LayerShape.convolution(256, 14, 256, 3, 1), 1));
        return layers;
    }

    private static TileLayer of(String name, LayerShape shape, int batch) {
        return new TileLayer(name + shape.outChannels(), shape, false, batch);
    }

    LayerSource.Declaration declaration() {
        LayerSource.Declaration layer = LayerSource.of(shape);
        return pooled ? layer.withPool() : layer;
    }

    int outElements() {
        return pooled ? shape.outElements() / 4 : shape.outElements();
    }

    /** Operations of a kernel: those of the plain algorithm, if it is the only one of its sum. */
    long flops(String kernel) {
        return switch (kernel.replace("Products", "")) {
            case "layer", "layerWeightGradient", "layerGradient" -> batch * shape.flops();
            default -> 0;
        };
    }
}
