package dev.netwright.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EpochProgressTest {

    @Test
    void withoutATerminalTheEndIsOnePlainLine() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EpochProgress progress =
                EpochProgress.plain("epoch 1/2", 12, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        progress.step(2, 8);
        progress.step(0.5, 4);
        progress.accuracy(0.915);
        assertThat(progress.meanLoss()).isCloseTo(1.5, within(1e-12));
        progress.close();
        progress.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .matches("epoch 1/2  batch 2/2  loss 1\\.5000  accuracy 91\\.50 %  \\d+ samples/s  0 s\\R");
    }

    @Test
    void accuracyIsLeftOutUntilItIsKnown() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EpochProgress progress =
                EpochProgress.plain("epoch 1/2", 12, new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            progress.step(1, 6);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .matches("epoch 1/2  batch 1/2  loss 1\\.0000  \\d+ samples/s  0 s left\\R");
    }

    @Test
    void timesReadWell() {
        assertThat(EpochProgress.duration(6.7)).isEqualTo("7 s");
        assertThat(EpochProgress.duration(725)).isEqualTo("12:05");
        assertThat(EpochProgress.duration(11045)).isEqualTo("3:04:05");
    }
}
