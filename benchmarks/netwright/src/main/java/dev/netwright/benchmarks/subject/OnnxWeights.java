package dev.netwright.benchmarks.subject;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights and biases of the convolutions and fully connected layers of an ONNX file, in the order of its nodes. The
 * exporter has folded batch normalisations into them; here they become normalisations that change nothing but add the
 * bias.
 *
 * @param layers each layer's weight and bias
 */
record OnnxWeights(List<Layer> layers) {
    // Field numbers of onnx.proto.
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_FLOATS = 4;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;
    private static final int INT64 = 7;

    private static final float EPSILON = 1e-5f;

    record Layer(float[] weight, float[] bias) {}

    private record Constant(long[] integers, float[] floats) {}

    static OnnxWeights read(Path file) throws IOException {
        UnknownFieldSet model = UnknownFieldSet.parseFrom(Files.readAllBytes(file));
        UnknownFieldSet graph = message(model, MODEL_GRAPH, 0);
        Map<String, Constant> constants = new HashMap<>();
        for (ByteString bytes : graph.getField(GRAPH_INITIALIZER).getLengthDelimitedList()) {
            UnknownFieldSet tensor = UnknownFieldSet.parseFrom(bytes);
            constants.put(string(tensor, TENSOR_NAME, 0), constant(tensor));
        }
        List<Layer> layers = new ArrayList<>();
        for (ByteString bytes : graph.getField(GRAPH_NODE).getLengthDelimitedList()) {
            UnknownFieldSet node = UnknownFieldSet.parseFrom(bytes);
            switch (string(node, NODE_OPERATOR, 0)) {
                case "Identity" -> {
                    Constant same = constants.get(string(node, NODE_INPUT, 0));
                    if (same != null) {
                        constants.put(string(node, NODE_OUTPUT, 0), same);
                    }
                }
                case "ConstantOfShape" -> {
                    Constant shape = constants.get(string(node, NODE_INPUT, 0));
                    if (shape != null) {
                        constants.put(string(node, NODE_OUTPUT, 0), filled(node, shape.integers()));
                    }
                }
                case "Conv", "Gemm" ->
                    layers.add(new Layer(
                            constants.get(string(node, NODE_INPUT, 1)).floats(),
                            constants.get(string(node, NODE_INPUT, 2)).floats()));
                default -> {
                    // No parameters.
                }
            }
        }
        return new OnnxWeights(layers);
    }

    private static Constant filled(UnknownFieldSet node, long[] shape) throws InvalidProtocolBufferException {
        float value = constant(message(message(node, NODE_ATTRIBUTE, 0), ATTRIBUTE_TENSOR, 0))
                .floats()[0];
        float[] floats = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        Arrays.fill(floats, value);
        return new Constant(null, floats);
    }

    private static Constant constant(UnknownFieldSet tensor) {
        // Packed floats have the same bytes as raw ones.
        int field = tensor.hasField(TENSOR_RAW) ? TENSOR_RAW : TENSOR_FLOATS;
        ByteBuffer raw = ByteBuffer.wrap(
                        tensor.getField(field).getLengthDelimitedList().get(0).toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN);
        if (tensor.getField(TENSOR_TYPE).getVarintList().get(0) == INT64) {
            long[] integers = new long[raw.remaining() / Long.BYTES];
            raw.asLongBuffer().get(integers);
            return new Constant(integers, null);
        }
        float[] floats = new float[raw.remaining() / Float.BYTES];
        raw.asFloatBuffer().get(floats);
        return new Constant(null, floats);
    }

    private static UnknownFieldSet message(UnknownFieldSet parent, int field, int index)
            throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(
                parent.getField(field).getLengthDelimitedList().get(index));
    }

    private static String string(UnknownFieldSet parent, int field, int index) {
        return parent.getField(field).getLengthDelimitedList().get(index).toStringUtf8();
    }

    /** The state dict of a model of the same layers in the same order. */
    Map<String, Tensor> stateOf(Model model) {
        Map<String, Tensor> state = new LinkedHashMap<>(model.stateDict());
        List<String> keys = List.copyOf(state.keySet());
        int next = 0;
        for (int i = 0; i < keys.size(); i++) {
            int[] shape = state.get(keys.get(i)).shape();
            if (shape.length < 2) {
                continue;
            }
            Layer layer = layers.get(next++);
            state.put(keys.get(i), Tensor.of(layer.weight(), shape));
            String after = keys.get(i + 1);
            if (after.equals(keys.get(i).replaceAll("weight$", "bias"))) {
                state.put(after, Tensor.of(layer.bias(), layer.bias().length));
            } else {
                normalization(state, after.replaceAll("weight$", ""), layer.bias());
            }
        }
        if (next != layers.size()) {
            throw new IllegalArgumentException("The file has " + layers.size() + " layers, the network " + next + ".");
        }
        return state;
    }

    private static void normalization(Map<String, Tensor> state, String prefix, float[] bias) {
        float[] ones = new float[bias.length];
        float[] scale = new float[bias.length];
        Arrays.fill(ones, 1);
        Arrays.fill(scale, (float) Math.sqrt(1 + EPSILON));
        state.put(prefix + "weight", Tensor.of(scale, bias.length));
        state.put(prefix + "bias", Tensor.of(bias, bias.length));
        state.put(prefix + "running_mean", Tensor.of(new float[bias.length], bias.length));
        state.put(prefix + "running_var", Tensor.of(ones, bias.length));
    }
}
