package dev.netwright.onnx;

import dev.netwright.onnx.proto.TensorProto;
import java.util.List;
import java.util.stream.IntStream;

/** Average pools. */
final class AveragePools {
    private AveragePools() {}

    /**
     * Padding that counts in the divisor is added by an operator of its own: then the cells that a window overhangs by
     * are the only padding left, and those never count.
     */
    static void windows(LayerNodes layer) {
        Windows windows = Windows.of(layer);
        if (!layer.attributes().isNone("divisor_override")) {
            dividedBy(layer, windows, layer.attributes().integer("divisor_override"));
            return;
        }
        int[] before = windows.padding();
        int[] after = windows.after();
        String input = layer.input();
        if (layer.attributes().flag("count_include_pad") && IntStream.of(before).anyMatch(cells -> cells > 0)) {
            int[] added = before;
            input = Shapes.padded(layer, added, added, 0);
            after = new int[added.length];
            for (int i = 0; i < after.length; i++) {
                after[i] = Math.max(0, windows.after()[i] - added[i]);
            }
            before = new int[added.length];
        }
        layer.result(
                "AveragePool",
                List.of(input),
                Attributes.of("kernel_shape", windows.kernel()),
                Attributes.of("strides", windows.stride()),
                Attributes.of("pads", Windows.pads(before, after)));
    }

    /** Roots of means of powers: ONNX's own takes absolute values, and whole powers only. */
    static void norms(LayerNodes layer) {
        double p = layer.attributes().real("norm_type");
        Windows windows = Windows.of(layer);
        String power = layer.constant("p", Constants.floats(new float[] {(float) p}));
        String powers = layer.node("powers", "Pow", List.of(layer.input(), power));
        String mean = layer.node(
                "mean",
                "AveragePool",
                List.of(powers),
                Attributes.of("kernel_shape", windows.kernel()),
                Attributes.of("strides", windows.stride()),
                Attributes.of("pads", Windows.pads(windows.padding(), windows.after())));
        String cells = layer.constant("cells", Constants.floats(new float[] {windows.taps()}));
        String sum = layer.node("sum", "Mul", List.of(mean, cells));
        String root = layer.constant("root", Constants.floats(new float[] {(float) (1 / p)}));
        layer.result("Pow", List.of(sum, root));
    }

    /** Means of whole windows, overhanging ones too, made sums again. */
    private static void dividedBy(LayerNodes layer, Windows windows, int divisor) {
        String mean = layer.node(
                "mean",
                "AveragePool",
                layer.inputs(),
                Attributes.of("kernel_shape", windows.kernel()),
                Attributes.of("strides", windows.stride()),
                Attributes.of("pads", Windows.pads(windows.padding(), windows.after())),
                Attributes.of("count_include_pad", 1));
        float factor = (float) windows.taps() / divisor;
        String scale = layer.constant("scale", Constants.floats(new float[] {factor}));
        layer.result("Mul", List.of(mean, scale));
    }

    /** Windows of one size are a pool's; of several sizes, a product with a matrix along each axis. */
    static void adaptive(LayerNodes layer) {
        int[] in = layer.inputShape();
        int[] out = layer.outputShape();
        int[] axes = IntStream.range(1, in.length).toArray();
        if (IntStream.of(axes).allMatch(d -> out[d] == 1)) {
            layer.result("GlobalAveragePool", layer.inputs());
        } else if (IntStream.of(axes).allMatch(d -> in[d] % out[d] == 0)) {
            int[] size = IntStream.of(axes).map(d -> in[d] / out[d]).toArray();
            layer.result(
                    "AveragePool", layer.inputs(), Attributes.of("kernel_shape", size), Attributes.of("strides", size));
        } else if (axes.length == 1) {
            String places = layer.constant("places", means(in[1], out[1], true));
            layer.result("MatMul", List.of(layer.input(), places));
        } else if (axes.length == 3) {
            volume(layer, in, out);
        } else {
            String rows = layer.constant("rows", means(in[1], out[1], false));
            String columns = layer.constant("columns", means(in[2], out[2], true));
            String meansOfRows = layer.node("means", "MatMul", List.of(rows, layer.input()));
            layer.result("MatMul", List.of(meansOfRows, columns));
        }
    }

    /** Means of planes, then of rows and columns; for the first, each plane is made one row. */
    private static void volume(LayerNodes layer, int[] in, int[] out) {
        String flat = layer.constant("flat", Constants.integers(Shapes.withBatch(in[0], in[1], in[2] * in[3])));
        String rowsOfPlanes = layer.node("flattened", "Reshape", List.of(layer.input(), flat));
        String planes = layer.constant("planes", means(in[1], out[1], false));
        String fewer = layer.node("meansOfPlanes", "MatMul", List.of(planes, rowsOfPlanes));
        String shape = layer.constant("shape", Constants.integers(Shapes.withBatch(in[0], out[1], in[2], in[3])));
        String whole = layer.node("unflattened", "Reshape", List.of(fewer, shape));
        String rows = layer.constant("rows", means(in[2], out[2], false));
        String columns = layer.constant("columns", means(in[3], out[3], true));
        String meansOfRows = layer.node("means", "MatMul", List.of(rows, whole));
        layer.result("MatMul", List.of(meansOfRows, columns));
    }

    /** PyTorch's windows: window i begins at floor(i * in / out) and ends before ceil((i + 1) * in / out). */
    private static TensorProto means(int in, int out, boolean transposed) {
        float[] matrix = new float[in * out];
        for (int window = 0; window < out; window++) {
            int from = (int) ((long) window * in / out);
            int to = (int) (((window + 1L) * in + out - 1) / out);
            for (int cell = from; cell < to; cell++) {
                matrix[transposed ? cell * out + window : window * in + cell] = 1f / (to - from);
            }
        }
        return transposed ? Constants.floats(matrix, in, out) : Constants.floats(matrix, out, in);
    }
}
