package dev.netwright.onnx;

import dev.netwright.onnx.proto.GraphProto;
import dev.netwright.onnx.proto.TensorProto;
import dev.netwright.onnx.proto.TensorShapeProto.Dimension;
import dev.netwright.onnx.proto.TypeProto;
import dev.netwright.onnx.proto.ValueInfoProto;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Port;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network as a graph. Values have the names of inputs and of the layers' fields, which differ from each other and,
 * having no dots, from parameters; nodes have the layers' keys.
 */
final class GraphBuilder {
    /** The name of the dimension of any size. */
    private static final String BATCH = "batch";

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
        for (LayerDefinition layer : definition.layers()) {
            List<Source> sources = new ArrayList<>();
            for (int source : layer.inputs()) {
                sources.add(source(source));
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

    private Source source(int index) {
        if (index < 0) {
            Port input = definition.inputs().get(-1 - index);
            return new Source(input.name(), input.shape());
        }
        LayerDefinition layer = definition.layers().get(index);
        return new Source(layer.field(), layer.outputShape());
    }

    private static ValueInfoProto port(Port port) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
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
