package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files are refused with the one exception for it, or read to tensors of the damaged description. */
class SafetensorsFuzzTest {
    @TempDir
    private Path folder;

    private byte[] valid;

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("valid.safetensors");
        Safetensors.write(file, Models.small().stateDict(), Map.of("format", "pt", "note", "\u00fc"));
        valid = Files.readAllBytes(file);
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        for (int length = 0; length < valid.length; length++) {
            assertThat(refused(Arrays.copyOf(valid, length)))
                    .as("length %d", length)
                    .isTrue();
        }
    }

    @Test
    void survivesFlippedBitsAndBytes() throws IOException {
        long seed = System.nanoTime();
        System.out.println("SafetensorsFuzzTest seed " + seed);
        Random random = new Random(seed);
        int header = 8 + ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN).getInt();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = valid.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = random.nextInt(header);
                damaged[at] =
                        (byte) (random.nextBoolean() ? damaged[at] ^ 1 << random.nextInt(8) : random.nextInt(256));
            }
            refused += refused(damaged) ? 1 : 0;
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(5_000);
    }

    /** Both sources must agree; any exception but the one for malformed files fails the test. */
    private static boolean refused(byte[] content) throws IOException {
        boolean buffer = false;
        boolean stream = false;
        try {
            Safetensors.read(ByteBuffer.wrap(content));
        } catch (MalformedFileException malformed) {
            buffer = true;
        }
        try {
            Safetensors.read(new ByteArrayInputStream(content));
        } catch (MalformedFileException malformed) {
            stream = true;
        }
        assertThat(stream).isEqualTo(buffer);
        return buffer;
    }
}
