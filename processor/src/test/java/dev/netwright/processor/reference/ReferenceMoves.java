package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.ChannelShuffle;
import dev.netwright.processor.graph.layer.Chunk;
import dev.netwright.processor.graph.layer.Permute;
import dev.netwright.processor.graph.layer.PixelShuffle;
import dev.netwright.processor.graph.layer.Slice;

/** Layers each of whose elements is one of the input's. */
final class ReferenceMoves {
    private ReferenceMoves() {}

    static double[] forward(Layer layer, Call call) {
        double[] x = call.input();
        double[] y = new double[call.samples() * layer.output().elements()];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[source(layer, i, x.length / call.samples())];
        }
        return y;
    }

    static double[] gradient(Layer layer, Call call, double[] gradient) {
        double[] byInput = new double[call.input().length];
        for (int i = 0; i < gradient.length; i++) {
            byInput[source(layer, i, byInput.length / call.samples())] += gradient[i];
        }
        return byInput;
    }

    /** Where an element of the output comes from. */
    private static int source(Layer layer, int element, int inputSize) {
        Shape out = layer.output();
        int sample = element / out.elements();
        int[] index = new int[out.rank()];
        for (int d = out.rank() - 1, rest = element % out.elements(); d >= 0; d--) {
            index[d] = rest % out.size(d);
            rest /= out.size(d);
        }
        Shape in = out;
        if (layer instanceof ChannelShuffle shuffle) {
            int channels = out.size(0) / shuffle.groups();
            index[0] = index[0] % shuffle.groups() * channels + index[0] / shuffle.groups();
        } else if (layer instanceof PixelShuffle shuffle) {
            in = shuffle.input();
            int r = shuffle.factor();
            index = shuffle.larger()
                    ? new int[] {index[0] * r * r + index[1] % r * r + index[2] % r, index[1] / r, index[2] / r}
                    : new int[] {index[0] / (r * r), index[1] * r + index[0] / r % r, index[2] * r + index[0] % r};
        } else if (layer instanceof Permute permute) {
            in = permute.input();
            int[] moved = new int[index.length];
            for (int d = 0; d < index.length; d++) {
                moved[permute.order().get(d)] = index[d];
            }
            index = moved;
        } else if (layer instanceof Slice slice) {
            in = slice.input();
            index[slice.dimension()] += slice.start();
        } else {
            Chunk chunk = (Chunk) layer;
            in = chunk.input();
            int each = (int) Math.ceil((double) in.size(chunk.dimension()) / chunk.chunks());
            index[chunk.dimension()] += chunk.index() * each;
        }
        int offset = 0;
        for (int d = 0; d < in.rank(); d++) {
            offset = offset * in.size(d) + index[d];
        }
        return sample * inputSize + offset;
    }
}
