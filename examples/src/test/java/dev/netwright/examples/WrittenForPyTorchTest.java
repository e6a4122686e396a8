package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.files.torch.TorchFile;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.testing.PythonWithTorch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch itself loads what Netwright writes and predicts the same, where a Python with torch is installed. */
class WrittenForPyTorchTest {
    private static final Path SCRIPTS = Path.of("../runtime/src/test/python");

    @TempDir
    private Path folder;

    @Test
    void pyTorchPredictsTheSameAndTakesTheSameNextStep() throws IOException, InterruptedException {
        String python = PythonWithTorch.thatRuns("import torch");
        CifarNetModel net = CifarNetModel.create(7);
        int n = 16;
        float[] images = new float[n * 3 * 32 * 32];
        Random random = new Random(7);
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat();
        }
        TorchFile.write(folder.resolve("cifar.pth"), net.stateDict());
        write("images.f32", images);
        write("logits.f32", net.predict(images, n));
        writeTraining(net, images, n);
        Process process = new ProcessBuilder(
                        python, SCRIPTS.resolve("load_written.py").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(output);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** A checkpoint, the gradients of the step after it, and what that step makes of the weights. */
    private void writeTraining(CifarNetModel net, float[] images, int n) throws IOException {
        int[] labels = IntStream.range(0, n).map(i -> i % 10).toArray();
        Adam optimizer = Adam.of(0.001f).betas(0.8f, 0.99f).weightDecay(0.01f);
        for (int step = 0; step < 3; step++) {
            net.trainStep(images, labels, n, optimizer);
        }
        TorchFile.write(
                folder.resolve("checkpoint.pth"),
                Map.of("model", net.stateDict(), "optimizer", optimizer.torchStateDict(), "epoch", 3));
        net.zeroGrad();
        net.loss(images, labels, n);
        net.backward();
        TorchFile.write(folder.resolve("gradients.pth"), net.gradients());
        optimizer.step(net);
        TorchFile.write(folder.resolve("after.pth"), net.stateDict());
    }

    private void write(String name, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(folder.resolve(name), bytes.array());
    }
}
