package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** In what the places of a pool's maxima are counted, as far as pool and readers agree on it. */
final class MaximaOffsets {
    private MaximaOffsets() {}

    /**
     * How far the rows and columns of a pool's windows are apart in what the places of its maxima are offsets in: the
     * convolution's input, as those read it who look up places there. Null where maxima are numbers of taps.
     */
    static PixelSteps of(Value index, Graph graph, Layouts layouts) {
        Node pool = graph.producer(index);
        List<Node> readers = graph.consumers(index).stream()
                .filter(other -> TileKernels.isSparse(Fused.anchor(other))
                        && other.inputs().get(2).equals(index))
                .toList();
        if (readers.isEmpty() || !(Fused.anchor(pool) instanceof Primitive.Convolve)) {
            return null;
        }
        PixelSteps offsets = pixels(layouts.of(pool.inputs().get(0)));
        boolean agree = readers.stream()
                .filter(reader -> Fused.anchor(reader) instanceof Primitive.SparseWeightGradient)
                .allMatch(reader -> pixels(layouts.of(reader.inputs().get(0))).equals(offsets));
        return agree ? offsets : null;
    }

    /** From a row, and from a column, of an image to the next. */
    private static PixelSteps pixels(Layout image) {
        return new PixelSteps(image.rows().stride(), image.columns().stride());
    }
}
