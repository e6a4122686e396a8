package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.LayerAttributes;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.optim.SGD;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    @TempDir
    Path folder;

    private final LineModel trained = LineModel.create();
    private Path path;

    @BeforeEach
    void trainAndSave() throws IOException {
        trained.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
        path = folder.resolve("line.safetensors");
        trained.save(path);
    }

    @Test
    void aSavedModelIsReadBackFromFileStreamAndBuffer() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        LineModel fromFile = LineModel.create();
        fromFile.loadStateDict(path);
        LineModel fromStream = LineModel.create();
        fromStream.loadStateDict(new ByteArrayInputStream(bytes));
        LineModel fromBuffer = LineModel.create();
        fromBuffer.loadStateDict(ByteBuffer.wrap(bytes));
        float[] x = LineModel.samples(20);
        for (LineModel model : new LineModel[] {fromFile, fromStream, fromBuffer}) {
            assertThat(model.stateDict()).isEqualTo(trained.stateDict());
            assertThat(model.predict(x, 20)).isEqualTo(trained.predict(x, 20));
        }
    }

    @Test
    void theFileTellsStructureAndFingerprint() throws IOException {
        Map<String, String> metadata = Safetensors.read(path).metadata();
        assertThat(metadata.get("netwright.structure"))
                .isEqualTo("input x [2]\n"
                        + "fc = Linear(in_features=2, out_features=1, bias=True) of x: [1]\n"
                        + "norm = Statistics() of fc: [1]\n"
                        + "output [1]\n");
        assertThat(metadata)
                .containsEntry("netwright.fingerprint", trained.fingerprint())
                .containsEntry("netwright.network", "LineNet")
                .containsEntry("format", "pt");
        assertThat(trained.fingerprint())
                .hasSize(64)
                .isEqualTo(LineModel.create().fingerprint());
        assertThat(LineModel.withFeatures(3).fingerprint()).isNotEqualTo(trained.fingerprint());
    }

    @Test
    void theStructureTellsArgumentsThatPyTorchDoesNotPrint() {
        LayerAttributes printed = LayerAttributes.NONE.named("kernel_size", 2);
        ModelDefinition plain = definition(pool(printed.implied("divisor_override", null)));
        ModelDefinition divided = definition(pool(printed.unprinted("divisor_override", 3)));

        assertThat(ModelFile.structure(plain)).contains("pool = AvgPool2d(kernel_size=2) of x: [1]\n");
        assertThat(ModelFile.structure(divided))
                .contains("pool = AvgPool2d(kernel_size=2) [divisor_override=3] of x: [1]\n");
        assertThat(ModelFile.fingerprint(divided)).isNotEqualTo(ModelFile.fingerprint(plain));
    }

    private static LayerDefinition pool(LayerAttributes attributes) {
        return LayerDefinition.of("pool", "pool", "AvgPool2d", attributes, new int[] {1}, 0, 0, new int[] {-1});
    }

    private static ModelDefinition definition(LayerDefinition layer) {
        return ModelDefinition.builder("Net", "0.1.0")
                .input("x", 1)
                .output("pool", 1)
                .layer(layer)
                .build();
    }

    @Test
    void aPlainStateDictIsReadToo() throws IOException {
        Safetensors.write(path, trained.stateDict(), Map.of());
        LineModel model = LineModel.create();
        model.loadStateDict(path);
        assertThat(model.stateDict()).isEqualTo(trained.stateDict());
    }

    @Test
    void anotherStructureIsRefusedWithItsFirstDifference() {
        LineModel wider = LineModel.withFeatures(3);
        var before = wider.everything();
        assertThatThrownBy(() -> wider.loadStateDict(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line.safetensors holds a network of another structure; the model is unchanged")
                .hasMessageContaining("file:  input x [2]")
                .hasMessageContaining("model: input x [3]");
        assertThat(wider.everything()).isEqualTo(before);
    }

    @Test
    void otherShapesAreRefused() throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>(trained.stateDict());
        state.put("fc.bias", Tensor.of(new float[2], 2));
        Safetensors.write(path, state, Map.of());
        LineModel model = LineModel.create();
        var before = model.everything();
        assertThatThrownBy(() -> model.loadStateDict(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line.safetensors: The state does not fit the model, which is unchanged")
                .hasMessageContaining("fc.bias: the model has F32[1], the state has F32[2]");
        assertThatThrownBy(() -> model.loadStateDict(state)).isInstanceOf(IllegalArgumentException.class);
        assertThat(model.everything()).isEqualTo(before);
        assertThat(model.loadStateDict(state, false).mismatched()).hasSize(1);
        assertThat(model.fc.weight()).isEqualTo(trained.fc.weight());
    }

    @Test
    void aNewerFormatIsRefusedByName() throws IOException {
        Safetensors.write(path, trained.stateDict(), Map.of("netwright.format", "2.3"));
        assertThatThrownBy(() -> LineModel.create().loadStateDict(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line.safetensors has the format 2.3");
        Safetensors.write(path, trained.stateDict(), Map.of("netwright.format", "new"));
        assertThatThrownBy(() -> LineModel.create().loadStateDict(path))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("\"new\"");
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        LineModel model = LineModel.create();
        var before = model.everything();
        for (int length : new int[] {0, 7, 100, bytes.length - 1}) {
            Files.write(path, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> model.loadStateDict(path)).isInstanceOf(MalformedFileException.class);
        }
        assertThat(model.everything()).isEqualTo(before);
    }
}
