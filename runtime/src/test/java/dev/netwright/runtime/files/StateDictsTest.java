package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.torch.TorchFile;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.optim.SGD;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDictsTest {
    private static final Map<String, Tensor> STATE = Map.of("w", Tensor.of(new float[] {1, 2}, 2));

    @TempDir
    Path folder;

    private Path saved(Object value) throws IOException {
        Path path = folder.resolve("saved.pth");
        TorchFile.write(path, value);
        return path;
    }

    @Test
    void aStateDictIsFoundAloneUnderAUsualNameOrAsTheOnlyOne() throws IOException {
        assertThat(StateDicts.read(saved(STATE))).isEqualTo(STATE);
        assertThat(StateDicts.read(saved(Map.of("epoch", 3, "state_dict", STATE))))
                .isEqualTo(STATE);
        assertThat(StateDicts.read(saved(Map.of("epoch", 3, "generator", STATE))))
                .isEqualTo(STATE);
    }

    @Test
    void oneOfSeveralIsReadByItsName() throws IOException {
        Map<String, Tensor> other = Map.of("w", Tensor.of(new float[] {3, 4}, 2));
        Path path = saved(new LinkedHashMap<>(Map.of("ema", other, "raw", STATE)));
        assertThat(StateDicts.read(path, "ema")).isEqualTo(other);
        assertThatThrownBy(() -> StateDicts.read(path))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("saved.pth cannot be read at byte 0: it has several state dicts, ")
                .hasMessageContaining("\"ema\"")
                .hasMessageContaining("; name the one to read, such as entry = ");
        assertThatThrownBy(() -> StateDicts.read(path, "avg"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("it has no entry \"avg\"; it holds");
    }

    @Test
    void aSafetensorsFileHasNoEntries() throws IOException {
        Path path = folder.resolve("a.safetensors");
        Safetensors.write(path, STATE, Map.of());
        assertThatThrownBy(() -> StateDicts.read(path, "ema"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage("a.safetensors cannot be read at byte 0: it is a safetensors file, which is one state"
                        + " dict by itself and has no entry \"ema\".");
    }

    @Test
    void whatHoldsNoStateDictSaysWhatItHolds() throws IOException {
        Path path = saved(Map.of("epoch", 3));
        assertThatThrownBy(() -> StateDicts.read(path))
                .hasMessage("saved.pth cannot be read at byte 0: it has no state dict; it holds \"epoch\": 3.");
        assertThatThrownBy(() -> StateDicts.read(path, "epoch"))
                .hasMessageContaining("\"epoch\" is 3, not a state dict");
        Path list = saved(List.of(1, 2));
        assertThatThrownBy(() -> StateDicts.read(list)).hasMessageContaining("a list of 2, which has no state dict");
    }

    @Test
    void theContentTellsTheFormatWhateverTheNameSays() throws IOException {
        Path misnamed = folder.resolve("weights.pth");
        Safetensors.write(misnamed, STATE, Map.of());
        assertThat(StateDicts.read(misnamed)).isEqualTo(STATE);
    }

    @Test
    void aModelReadsPyTorchsFilesFromPathStreamAndBuffer() throws IOException {
        LineModel trained = LineModel.create();
        trained.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
        Path path = saved(trained.stateDict());
        byte[] bytes = Files.readAllBytes(path);
        LineModel fromFile = LineModel.create();
        fromFile.loadStateDict(path);
        LineModel fromStream = LineModel.create();
        fromStream.loadStateDict(new ByteArrayInputStream(bytes));
        LineModel fromBuffer = LineModel.create();
        fromBuffer.loadStateDict(ByteBuffer.wrap(bytes));
        for (LineModel model : List.of(fromFile, fromStream, fromBuffer)) {
            assertThat(model.stateDict()).isEqualTo(trained.stateDict());
        }
    }

    @Test
    void otherFilesAreRefusedByName() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "no weights at all");
        assertThatThrownBy(() -> StateDicts.read(notes))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(
                        "notes.txt cannot be read at byte 0: it is neither a safetensors file nor one of PyTorch's.");
        Path empty = Files.createFile(folder.resolve("empty.pth"));
        assertThatThrownBy(() -> StateDicts.read(empty)).hasMessageEndingWith("since it is empty.");
    }
}
