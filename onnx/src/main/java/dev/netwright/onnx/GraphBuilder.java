package dev.netwright.onnx;

import dev.netwright.onnx.proto.GraphProto;
import dev.netwright.onnx.proto.NodeProto;
import dev.netwright.onnx.proto.TensorProto;
import dev.netwright.onnx.proto.TensorShapeProto.Dimension;
import dev.netwright.onnx.proto.TypeProto;
import dev.netwright.onnx.proto.ValueInfoProto;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Port;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A network as a graph. Values have the names of inputs and of the layers' fields, which differ from each other and,
 * having no dots, from parameters; nodes have the layers' keys.
 */
final class GraphBuilder {
    /** The name of the dimension of any size. */
    private static final String BATCH = "batch";

    /** Behind an input's name, that of its values as floats. */
    private static final String CAST = "/float";

    private final ModelDefinition definition;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> read = new HashSet<>();

    GraphBuilder(ModelDefinition definition) {
        this.definition = definition;
    }

    /** The graph without its initialisers. */
    GraphProto build() {
        graph.setName(definition.name());
        for (Port input : definition.inputs()) {
            graph.addInput(port(input));
        }
        for (int i = 0; i < definition.inputs().size(); i++) {
            if (definition.inputs().get(i).type() != DType.F32 && isReadAsFloats(-1 - i)) {
                addCast(definition.inputs().get(i));
            }
        }
        for (LayerDefinition layer : definition.layers()) {
            List<Source> sources = new ArrayList<>();
            int[] inputs = layer.inputs();
            int[] outputs = layer.outputsRead();
            for (int i = 0; i < inputs.length; i++) {
                sources.add(source(inputs[i], outputs[i]));
            }
            Operators.of(layer).addTo(new LayerNodes(layer, sources, definition.parameters(), graph, read));
        }
        for (Port output : definition.outputs()) {
            graph.addOutput(port(output));
        }
        return graph.build();
    }

    /** What nodes read, in the order of the state dict; complete once the graph is built. */
    List<ParameterSpec> initialisers() {
        return definition.parameters().stream()
                .filter(spec -> read.contains(spec.key()))
                .toList();
    }

    private Source source(int index, int output) {
        if (index < 0) {
            Port input = definition.inputs().get(-1 - index);
            String value = input.type() == DType.F32 ? input.name() : input.name() + CAST;
            return new Source(value, input.shape(), input.type() == DType.U8, input.name());
        }
        LayerDefinition layer = definition.layers().get(index);
        // a parameter by itself is read where it lies
        String value = layer.type().equals("Parameter") ? layer.key() : LayerNodes.further(layer, output);
        return new Source(value, layer.outputShape(), false, value);
    }

    /** Whether some layer computes with an input, not only reads rows by it. */
    private boolean isReadAsFloats(int source) {
        return definition.layers().stream()
                .filter(layer -> IntStream.of(layer.inputs()).anyMatch(input -> input == source))
                .anyMatch(layer -> definition.rowReads().stream()
                        .noneMatch(reads -> reads.layer().equals(layer.field())));
    }

    /** Layers compute in floats, whatever the caller gives. */
    private void addCast(Port input) {
        graph.addNode(NodeProto.newBuilder()
                .setName(input.name() + CAST)
                .setOpType("Cast")
                .addInput(input.name())
                .addOutput(input.name() + CAST)
                .addAttribute(Attributes.of("to", TensorProto.DataType.FLOAT_VALUE)));
    }

    private static int elementType(Port port) {
        return switch (port.type()) {
            case U8 -> TensorProto.DataType.UINT8_VALUE;
            case I32 -> TensorProto.DataType.INT32_VALUE;
            default -> TensorProto.DataType.FLOAT_VALUE;
        };
    }

    private static ValueInfoProto port(Port port) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(elementType(port));
        type.getShapeBuilder().addDim(Dimension.newBuilder().setDimParam(BATCH));
        for (int size : port.shape()) {
            type.getShapeBuilder().addDim(Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(port.name())
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
