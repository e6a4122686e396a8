package dev.netwright.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

class SummaryWriterTest {
    private static final Clock AT_1000 = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void aRecordIsTheBytesThatPyTorchWrites() throws IOException {
        try (SummaryWriter writer = SummaryWriter.of(folder, AT_1000)) {
            writer.addScalar("loss", 0.5, 1);
        }
        byte[] bytes = Files.readAllBytes(TensorFlowEvents.file(folder));
        assertThat(HexFormat.of().formatHex(bytes))
                .endsWith("1a00000000000000" + "129bd82d" + "090000000000408f4010012a0d0a0b0a046c6f7373150000003f"
                        + "0729077e");
    }

    @Test
    void recordsBeforeATornOneStayReadable() throws IOException {
        try (SummaryWriter writer = SummaryWriter.of(folder)) {
            writer.addScalar("loss", 1, 1);
            writer.addScalar("loss", 2, 2);
        }
        Path file = TensorFlowEvents.file(folder);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        assertThat(TensorFlowEvents.values(folder))
                .extracting(Summary.Value::getSimpleValue)
                .containsExactly(1f);
    }

    @Test
    void aResumedRunGetsAFileOfItsOwnThatHidesLaterSteps() throws IOException {
        for (int start : new int[] {0, 3}) {
            try (SummaryWriter writer = SummaryWriter.of(folder, AT_1000).purgeStep(start)) {
                writer.addScalar("loss", 1, start);
            }
        }
        List<Path> files = TensorFlowEvents.files(folder);
        assertThat(files).hasSize(2);
        List<Event> resumed = TensorFlowEvents.read(files.get(1));
        assertThat(resumed)
                .extracting(Event::getWhatCase)
                .containsExactly(
                        Event.WhatCase.FILE_VERSION,
                        Event.WhatCase.FILE_VERSION,
                        Event.WhatCase.SESSION_LOG,
                        Event.WhatCase.SUMMARY);
        assertThat(resumed).extracting(Event::getStep).containsExactly(0L, 3L, 3L, 3L);
        assertThat(resumed.get(2).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    }

    @Test
    void manyThreadsLoseNothingWithAShortQueue() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (SummaryWriter writer = SummaryWriter.of(folder).maxQueue(2)) {
            for (int t = 0; t < 4; t++) {
                String tag = "thread" + t;
                threads.add(new Thread(() -> {
                    for (int step = 0; step < 500; step++) {
                        writer.addScalar(tag, step, step);
                        writer.addScalars("all", Map.of(tag, step), step);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        List<Event> events = TensorFlowEvents.read(TensorFlowEvents.file(folder));
        assertThat(events).hasSize(1 + 4 * 500);
        for (int t = 0; t < 4; t++) {
            String tag = "thread" + t;
            assertThat(events.stream()
                            .filter(event -> event.getSummary().getValueCount() == 1
                                    && event.getSummary().getValue(0).getTag().equals(tag))
                            .map(Event::getStep))
                    .hasSize(500)
                    .isSorted();
            assertThat(TensorFlowEvents.values(folder.resolve("all_" + tag))).hasSize(500);
        }
    }

    @Test
    void flushReturnsWhenAllIsInTheFile() throws IOException {
        try (SummaryWriter writer = SummaryWriter.of(folder).flushSeconds(1000)) {
            writer.flush();
            for (int step = 0; step < 100; step++) {
                writer.addScalar("loss", 1, step);
            }
            writer.flush();
            assertThat(TensorFlowEvents.values(folder)).hasSize(100);
        }
    }

    @Test
    void aFailureOfTheWritingThreadReachesEveryLaterCall() throws IOException {
        EventFile closed = EventFile.create(folder, 0, "");
        closed.close();
        BackgroundWriter writer = new BackgroundWriter(10, 0);
        writer.start();
        writer.add(closed, new byte[3]);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(writer::flush)
                .withMessageContaining("could not be written");
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> writer.add(closed, new byte[3]));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(writer::close);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (SummaryWriter writer = SummaryWriter.of(file)) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> writer.addScalar("loss", 1, 1))
                    .withMessageContaining(file.toString());
        }
    }

    @Test
    void settingsComeBeforeTheFirstWriteAndNothingAfterTheEnd() {
        SummaryWriter writer = SummaryWriter.of(folder);
        writer.addScalar("loss", 1, 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.purgeStep(1))
                .withMessageContaining("before the first write");
        writer.close();
        writer.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.addScalar("loss", 1, 2))
                .withMessageContaining("closed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SummaryWriter.of(folder).maxQueue(0))
                .withMessageContaining("this is 0");
    }

    @Test
    void floatImagesAreScaledClippedAndTruncatedInAGridOfEight() throws IOException {
        float[] pixels = new float[9];
        Arrays.fill(pixels, 0.999f);
        pixels[0] = -1;
        pixels[1] = 2;
        pixels[2] = 0.5f;
        try (SummaryWriter writer = SummaryWriter.of(folder)) {
            writer.addImages("grid", pixels, new int[] {9, 1, 1, 1}, 0);
        }
        Summary.Value value = TensorFlowEvents.values(folder).get(0);
        BufferedImage grid =
                ImageIO.read(value.getImage().getEncodedImageString().newInput());
        assertThat(value.getImage().getColorspace()).isEqualTo(3);
        assertThat(grid.getWidth()).isEqualTo(8);
        assertThat(grid.getHeight()).isEqualTo(2);
        assertThat(new int[] {grid.getRGB(0, 0), grid.getRGB(1, 0), grid.getRGB(2, 0), grid.getRGB(3, 0)})
                .containsExactly(0xff000000, 0xffffffff, 0xff7f7f7f, 0xfffefefe);
        assertThat(grid.getRGB(0, 1)).isEqualTo(0xfffefefe);
        assertThat(grid.getRGB(1, 1)).isEqualTo(0xff000000);
    }

    @Test
    void aBatchIsNoImage() {
        try (SummaryWriter writer = SummaryWriter.of(folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.addImage("image", new float[3], new int[] {1, 3, 1, 1}, 0))
                    .withMessageContaining("[1, 3, 1, 1]")
                    .withMessageContaining("addImages takes the other");
        }
    }

    @Test
    void aRunOfOneChartNeverLeavesTheFolder() throws IOException {
        Path inner = folder.resolve("inner");
        try (SummaryWriter writer = SummaryWriter.of(inner)) {
            writer.addScalars("../../loss", Map.of("a/b", 1), 0);
            writer.addHparams(Map.of("a", 1), Map.of("b", 2), "..", 0);
        }
        assertThat(inner.resolve(".._.._loss_a_b")).isDirectory();
        assertThat(inner.resolve("_..")).isDirectory();
        assertThat(folder).isDirectoryContaining(inner::equals).isDirectoryNotContaining(path -> !path.equals(inner));
    }

    @Test
    void theFirstDefaultFolderIsOfThisDateAndHost() {
        assertThat(SummaryWriter.create().folder().toString())
                .matches("runs.[A-Z][a-z]{2}\\d\\d_\\d\\d-\\d\\d-\\d\\d_.+");
    }
}
