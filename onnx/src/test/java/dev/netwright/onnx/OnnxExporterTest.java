package dev.netwright.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.netwright.onnx.networks.AveragePoolsModel;
import dev.netwright.onnx.networks.CifarNetModel;
import dev.netwright.onnx.proto.GraphProto;
import dev.netwright.onnx.proto.ModelProto;
import dev.netwright.onnx.proto.NodeProto;
import dev.netwright.onnx.proto.StringStringEntryProto;
import dev.netwright.onnx.proto.TensorProto;
import dev.netwright.onnx.proto.TensorShapeProto.Dimension;
import dev.netwright.onnx.proto.ValueInfoProto;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.Tensor;
import dev.netwright.zoo.ResNet20Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file holds, read back. */
class OnnxExporterTest {
    @TempDir
    Path folder;

    static Stream<Model> models() {
        return Stream.concat(Networks.small(), Stream.of(Networks.unevenly(ResNet20Model.create(1))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void initialisersAreTheStateDictWithoutCounters(Model model) throws IOException {
        Map<String, Tensor> expected = new LinkedHashMap<>(model.stateDict());
        expected.values().removeIf(tensor -> tensor.dtype() == DType.I64);

        List<TensorProto> found = exported(model).getGraph().getInitializerList();

        assertThat(found).extracting(TensorProto::getName).containsExactlyElementsOf(expected.keySet());
        for (TensorProto tensor : found) {
            Tensor parameter = expected.get(tensor.getName());
            assertThat(tensor.getDataType()).isEqualTo(TensorProto.DataType.FLOAT_VALUE);
            assertThat(tensor.getDimsList())
                    .isEqualTo(Arrays.stream(parameter.shape())
                            .asLongStream()
                            .boxed()
                            .toList());
            assertThat(tensor.getRawData()).isEqualTo(ByteString.copyFrom(parameter.toBytes()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void inputsAndOutputsHaveTheirDeclaredNamesAndAnyBatch(Model model) throws IOException {
        GraphProto graph = exported(model).getGraph();

        assertThat(graph.getInputList())
                .map(OnnxExporterTest::text)
                .isEqualTo(model.definition().inputs().stream()
                        .map(OnnxExporterTest::text)
                        .toList());
        assertThat(graph.getOutputList())
                .map(OnnxExporterTest::text)
                .isEqualTo(model.definition().outputs().stream()
                        .map(OnnxExporterTest::text)
                        .toList());
    }

    private static String text(Port port) {
        return port.name() + ": " + port.type() + ", batch, "
                + Arrays.stream(port.shape()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String text(ValueInfoProto value) {
        DType type = Map.of(
                        TensorProto.DataType.FLOAT_VALUE, DType.F32,
                        TensorProto.DataType.UINT8_VALUE, DType.U8,
                        TensorProto.DataType.INT32_VALUE, DType.I32)
                .get(value.getType().getTensorType().getElemType());
        return value.getName() + ": " + type + ", "
                + value.getType().getTensorType().getShape().getDimList().stream()
                        .map(OnnxExporterTest::text)
                        .collect(Collectors.joining(", "));
    }

    private static String text(Dimension dimension) {
        return dimension.hasDimParam() ? dimension.getDimParam() : String.valueOf(dimension.getDimValue());
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyValueIsComputedOnceBeforeItIsRead(Model model) throws IOException {
        GraphProto graph = exported(model).getGraph();
        Set<String> values = new HashSet<>(Set.of("")); // an input that is left out
        graph.getInputList().forEach(input -> values.add(input.getName()));
        graph.getInitializerList().forEach(initialiser -> values.add(initialiser.getName()));
        Set<String> names = new HashSet<>();

        for (NodeProto node : graph.getNodeList()) {
            assertThat(values).as(node.getName()).containsAll(node.getInputList());
            assertThat(values.addAll(node.getOutputList())).as(node.getName()).isTrue();
            assertThat(names.add(node.getName())).as(node.getName()).isTrue();
        }

        assertThat(values)
                .containsAll(graph.getOutputList().stream()
                        .map(ValueInfoProto::getName)
                        .toList());
    }

    @Test
    void theHeadTellsVersionsAndFingerprint() throws IOException {
        CifarNetModel net = CifarNetModel.create(1);

        ModelProto file = exported(net);

        assertThat(file.getIrVersion()).isEqualTo(9);
        assertThat(file.getOpsetImportList())
                .singleElement()
                .satisfies(opset -> assertThat(opset.getVersion()).isEqualTo(20));
        assertThat(file.getProducerName()).isEqualTo("Netwright");
        assertThat(file.getProducerVersion()).isEqualTo(net.definition().version());
        assertThat(file.getMetadataPropsList().stream()
                        .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue)))
                .containsEntry("netwright.network", "CifarNet")
                .containsEntry("netwright.fingerprint", net.fingerprint());
    }

    @Test
    void averagePoolsDivideByWhatWasDeclared() throws IOException {
        GraphProto graph = exported(AveragePoolsModel.create(1)).getGraph();
        Map<String, NodeProto> nodes =
                graph.getNodeList().stream().collect(Collectors.toMap(node -> node.getOutput(0), Function.identity()));

        assertThat(nodes.get("padded").getInputList()).containsExactly("padded/pad");
        assertThat(nodes.get("realCells").getInputList()).containsExactly("input");
        assertThat(nodes.get("divided").getOpType()).isEqualTo("Mul");
    }

    @Test
    void theSmallNetworksHaveEveryLayer() {
        assertThat(Networks.small()
                        .flatMap(model -> model.definition().layers().stream())
                        .map(LayerDefinition::type))
                .containsAll(Operators.names());
    }

    @Test
    void anOldFileIsReplacedAndNothingElseIsLeft() throws IOException {
        Path path = Files.writeString(folder.resolve("net.onnx"), "old");

        OnnxExporter.export(CifarNetModel.create(1), path);

        assertThat(ModelProto.parseFrom(Files.readAllBytes(path)).getGraph().getName())
                .isEqualTo("CifarNet");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldContent() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("net.onnx"));
        Path old = Files.writeString(taken.resolve("old"), "old");
        CifarNetModel net = CifarNetModel.create(1);

        assertThatThrownBy(() -> OnnxExporter.export(net, taken)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OnnxExporter.export(net, folder.resolve("none/net.onnx")))
                .isInstanceOf(NoSuchFileException.class);

        assertThat(old).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(taken);
        }
    }

    private ModelProto exported(Model model) throws IOException {
        Path path = folder.resolve("net.onnx");
        OnnxExporter.export(model, path);
        return ModelProto.parseFrom(Files.readAllBytes(path));
    }
}
