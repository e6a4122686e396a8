package dev.netwright.benchmarks.subject;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.files.Safetensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long VGG16's weights take from a safetensors file into the model, and what memory, beside plain reads of it. */
public final class LoadReport {
    private static final double MEGABYTE = 1 << 20;
    private static final int ROUNDS = 7;

    private LoadReport() {}

    /** What is measured. */
    private interface Action {
        void run() throws IOException;
    }

    /**
     * Writes the file with {@code write} as the first argument; otherwise measures {@code plain}, {@code whole},
     * {@code map}, {@code read} or {@code load} alone, so that the peak of the process is its own.
     *
     * @param arguments what to do, and the file
     * @throws IOException if the file cannot be written or read
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "write" -> {
                ImageNetVgg16Model.create(42).save(file);
                System.out.printf(Locale.ROOT, "%s: %.1f MB\n", file.getFileName(), Files.size(file) / 1e6);
            }
            case "plain" -> {
                ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
                measure("plain read into one buffer of 1 MB", () -> plain(file, buffer));
            }
            case "whole" -> measure("Files.readAllBytes", () -> Files.readAllBytes(file));
            case "map" -> measure("Safetensors.map", () -> Safetensors.map(file));
            case "read" -> measure("Safetensors.read", () -> Safetensors.read(file));
            case "load" -> {
                Model net = ImageNetVgg16Model.create(7, Options.defaults());
                measure("Model.loadStateDict into VGG16", () -> net.loadStateDict(file));
            }
            default ->
                throw new IllegalArgumentException("write, plain, whole, map, read or load, not " + arguments[0]);
        }
    }

    private static void plain(Path file, ByteBuffer buffer) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            buffer.clear();
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        }
    }

    private static void measure(String name, Action action) throws IOException {
        long before = used();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            pool.resetPeakUsage();
        }
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            action.run();
            seconds.add((System.nanoTime() - start) / 1e9);
            // A mapping lasts until it is collected, and the peak is that of one load.
            System.gc();
        }
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        double first = seconds.get(0);
        seconds.sort(null);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f ms | %.0f ms | %.0f ms | %.0f MB | %.0f MB | %.0f MB | %s |\n",
                name,
                1e3 * seconds.get(ROUNDS / 2),
                1e3 * seconds.get(0),
                1e3 * first,
                before / MEGABYTE,
                peak / MEGABYTE,
                used() / MEGABYTE,
                status("VmHWM"));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The largest memory that the process held; of a mapped file it counts the pages that were read. */
    private static String status(String key) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(key)) {
                return Math.round(Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024) + " MB";
            }
        }
        return "unknown";
    }
}
