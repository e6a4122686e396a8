package dev.netwright.training.tensorboard;

import com.google.protobuf.ByteString;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Port;
import dev.netwright.training.tensorboard.proto.AttrValue;
import dev.netwright.training.tensorboard.proto.GraphDef;
import dev.netwright.training.tensorboard.proto.NodeDef;
import dev.netwright.training.tensorboard.proto.VersionDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A network as TensorFlow's graph: a node per layer under its key, whose dots become slashes, so that the page folds
 * blocks; parameters are attributes of their layer, not nodes.
 */
final class NetworkGraph {
    /** What PyTorch writes. */
    private static final int PRODUCER = 22;

    private final ModelDefinition definition;
    private final GraphDef.Builder graph = GraphDef.newBuilder();
    private final Set<String> names = new HashSet<>();
    private final List<String> inputs = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();

    private NetworkGraph(ModelDefinition definition) {
        this.definition = definition;
    }

    static GraphDef of(ModelDefinition definition) {
        return new NetworkGraph(definition).build();
    }

    private GraphDef build() {
        for (LayerDefinition layer : definition.layers()) {
            layers.add(unique(layer.key().replace('.', '/')));
        }
        for (Port input : definition.inputs()) {
            inputs.add(unique(input.name()));
            graph.addNode(node(inputs.get(inputs.size() - 1), "Input", input.shape()));
        }
        Map<String, String> nodes = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerDefinition layer = definition.layers().get(i);
            graph.addNode(node(layers.get(i), layer));
            nodes.put(layer.field(), layers.get(i));
        }
        for (Port output : definition.outputs()) {
            String layer = nodes.get(output.name());
            NodeDef.Builder node = node(unique("output/" + output.name()), "Output", output.shape());
            graph.addNode(layer == null ? node : node.addInput(layer));
        }
        return graph.setVersions(VersionDef.newBuilder().setProducer(PRODUCER)).build();
    }

    private NodeDef.Builder node(String name, LayerDefinition layer) {
        NodeDef.Builder node = node(name, layer.type(), layer.outputShape());
        for (int source : layer.inputs()) {
            node.addInput(source < 0 ? inputs.get(-1 - source) : layers.get(source));
        }
        String arguments = layer.attributes().toString();
        if (!arguments.isEmpty()) {
            node.putAttr("arguments", text(arguments));
        }
        if (layer.parameters() > 0) {
            node.putAttr("parameters", number(layer.parameters()));
        }
        if (layer.flops() > 0) {
            node.putAttr("flops", number(layer.flops()));
        }
        String prefix = layer.key() + ".";
        for (ParameterSpec spec : definition.parameters()) {
            String rest = spec.key().startsWith(prefix) ? spec.key().substring(prefix.length()) : "";
            if (!rest.isEmpty() && rest.indexOf('.') < 0) {
                node.putAttr(rest, text(shapeText(spec.shape())));
            }
        }
        return node;
    }

    private static NodeDef.Builder node(String name, String operator, int[] shape) {
        long[] withBatch = LongStream.concat(
                        LongStream.of(-1), Arrays.stream(shape).asLongStream())
                .toArray();
        return NodeDef.newBuilder()
                .setName(name)
                .setOp(operator)
                .putAttr(
                        "_output_shapes",
                        AttrValue.newBuilder()
                                .setList(AttrValue.ListValue.newBuilder().addShape(Summaries.shape(withBatch)))
                                .build());
    }

    /** Layers that share weights share their key. */
    private String unique(String name) {
        String free = name;
        for (int i = 1; !names.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static String shapeText(int[] shape) {
        return shape.length == 0
                ? "scalar"
                : Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    }

    private static AttrValue text(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }

    private static AttrValue number(long value) {
        return AttrValue.newBuilder().setI(value).build();
    }
}
