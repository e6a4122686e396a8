package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.files.ModelFile;
import dev.netwright.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example04DescribeTest {
    @TempDir
    private Path folder;

    @Test
    void aWholeModelShowsItsStructureAndEveryTensor() throws IOException {
        Path file = folder.resolve("cifar.safetensors");
        CifarNetModel.create(1).save(file);
        assertThat(Commands.run(new Example04Describe(), file.toString())).isZero();
        assertThat(ModelFile.describe(file))
                .startsWith("cifar.safetensors, ")
                .contains("safetensors, 10 tensors of 145,578 elements")
                .contains("netwright.network: CifarNet")
                .contains("fc1 = Linear(in_features=1024, out_features=64, bias=True) of flatten: [64]")
                .contains("conv1.weight  F32     [32, 3, 5, 5]        9,600");
    }

    @Test
    void whatPyTorchSavedShowsItsTree() throws IOException {
        Path file = SharedData.golden("tiny_whole_model.pth");
        assertThat(Commands.run(new Example04Describe(), file.toString())).isZero();
        assertThat(ModelFile.describe(file))
                .contains("PyTorch, 9 tensors of 56 elements")
                .contains("\nconv: torch.nn.modules.conv.Conv2d\n")
                .contains("\n  kernel_size: (3, 3)\n")
                .contains("\n  num_batches_tracked: I64[]  8 bytes\n");
    }

    @Test
    void anUnreadableFileIsAnsweredByAnExitCode() throws IOException {
        assertThat(Commands.run(new Example04Describe(), folder.resolve("none").toString()))
                .isEqualTo(1);
        Path text = Files.writeString(folder.resolve("notes.txt"), "no weights at all");
        assertThat(Commands.run(new Example04Describe(), text.toString())).isEqualTo(1);
        assertThat(Commands.run(new Example04Describe())).isEqualTo(2);
    }
}
