package dev.netwright.runtime.files.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small files that ask for much: within a second of the processor, and with memory for what they hold. */
final class Bombs {
    /** What may throw as reading does. */
    interface Work<T> {
        T run() throws IOException;
    }

    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** An opcode of one byte may make an object of 160 bytes, which lies on a stack that grows. */
    private static final long MULTIPLE = 192;

    private static final long ALWAYS = 1 << 21;
    /** What the 2,000 lines of a description may take, of 200 characters each. */
    private static final long LINES = 1 << 24;

    private Bombs() {}

    /** The result of some work that allocates less than a limit. */
    static <T> T within(long limit, Work<T> work) throws IOException {
        long allocated = BEAN.getCurrentThreadAllocatedBytes();
        long begin = BEAN.getCurrentThreadCpuTime();
        try {
            return work.run();
        } finally {
            long time = BEAN.getCurrentThreadCpuTime() - begin;
            allocated = BEAN.getCurrentThreadAllocatedBytes() - allocated;
            assertThat(time).as("nanoseconds").isLessThan(1_000_000_000);
            assertThat(allocated).as("bytes allocated").isLessThan(limit);
        }
    }

    static Object read(byte[] file) throws IOException {
        return within(MULTIPLE * file.length + ALWAYS, () -> TorchFile.read(ByteBuffer.wrap(file)));
    }

    /** Of an archive whose compressed pickle has a number of bytes. */
    static Object readInflated(byte[] file, int pickled) throws IOException {
        return within(MULTIPLE * (file.length + pickled) + ALWAYS, () -> TorchFile.read(ByteBuffer.wrap(file)));
    }

    static Object read(Path path) throws IOException {
        return within(MULTIPLE * Files.size(path) + ALWAYS, () -> TorchFile.read(path));
    }

    static String describe(Path folder, byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("bomb.pth"), file);
        return within(MULTIPLE * file.length + LINES, () -> TorchFile.describe(path));
    }

    static void assertRefused(byte[] file, TorchRule rule, Object... found) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("The buffer cannot be read at byte ")
                .hasMessageEndingWith(": " + rule.broken(found) + ".");
    }

    /** A state dict is searched for and not found; the search may allocate what the limit says. */
    static void assertNoState(long limit, Object saved, String message) {
        assertThatThrownBy(() -> within(limit, () -> TorchStateDict.of(saved)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
