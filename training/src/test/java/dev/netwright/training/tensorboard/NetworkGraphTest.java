package dev.netwright.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.TensorShapeProto;
import org.tensorflow.util.Event;

class NetworkGraphTest {
    @TempDir
    Path folder;

    @Network(input = {3, 6, 6})
    @CrossEntropyLoss
    static class Branched {
        @Conv2d(outChannels = 4, kernelSize = 3, padding = 1)
        @Key("block.0.conv")
        Layer conv;

        @ReLU
        @Key("block.0.relu")
        Layer relu;

        @Add(from = {"conv", "relu"})
        Layer sum;

        @Flatten
        Layer flatten;

        @Linear(outFeatures = 5)
        @Key("head")
        Layer fc;
    }

    @Test
    void layersAreNodesUnderTheirKeysWithShapesAndParameters() throws IOException {
        try (SummaryWriter writer = SummaryWriter.of(folder)) {
            writer.addGraph(NetworkGraphTest_BranchedModel.create(1));
        }
        Event event = TensorFlowEvents.read(TensorFlowEvents.file(folder)).get(1);
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        GraphDef.parseFrom(event.getGraphDef()).getNodeList().forEach(node -> nodes.put(node.getName(), node));
        assertThat(nodes.keySet())
                .containsExactly("input", "block/0/conv", "block/0/relu", "sum", "flatten", "head", "output/fc");
        NodeDef conv = nodes.get("block/0/conv");
        assertThat(conv.getOp()).isEqualTo("Conv2d");
        assertThat(conv.getInputList()).containsExactly("input");
        assertThat(shape(conv)).containsExactly(-1L, 4L, 6L, 6L);
        assertThat(conv.getAttrOrThrow("weight").getS().toStringUtf8()).isEqualTo("4 x 3 x 3 x 3");
        assertThat(conv.getAttrOrThrow("bias").getS().toStringUtf8()).isEqualTo("4");
        assertThat(conv.getAttrOrThrow("parameters").getI()).isEqualTo(4 * 27 + 4);
        assertThat(nodes.get("sum").getInputList()).containsExactly("block/0/conv", "block/0/relu");
        assertThat(nodes.get("head").getAttrMap()).containsKeys("weight", "bias", "arguments", "flops");
        assertThat(nodes.get("output/fc").getInputList()).containsExactly("head");
        assertThat(shape(nodes.get("input"))).containsExactly(-1L, 3L, 6L, 6L);
    }

    private static Iterable<Long> shape(NodeDef node) {
        return node.getAttrOrThrow("_output_shapes").getList().getShape(0).getDimList().stream()
                .map(TensorShapeProto.Dim::getSize)
                .toList();
    }
}
