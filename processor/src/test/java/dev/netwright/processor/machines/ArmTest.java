package dev.netwright.processor.machines;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.machines.Fingerprint.Run;
import dev.netwright.testing.Skipped;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same bits on ARM, in QEMU's emulation of its instructions: a JDK 17 or newer for ARM lies where
 * {@code ARM64_JDK_HOME} says, and its system's libraries where {@code ARM64_ROOT} says.
 */
class ArmTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    /** An emulated processor, and what its kernels are called; QEMU's own name for it is in {@code QEMU_CPU}. */
    private static final Map<String, String> PROCESSORS =
            Map.of("cortex-a72", "vector 128-bit", "max,sve-max-vq=2", "vector 256-bit");

    @TempDir
    Path folder;

    @Test
    void armHasTheBitsOfThisProcessor() throws Exception {
        Jvm arm = arm();
        CompiledNetworks built = CompiledNetworks.of(NetworkText.CIFAR, NetworkText.ODD);
        List<Path> path = CompiledFolder.of(folder, built);
        List<Run> runs = Stream.of(NetworkText.CIFAR, NetworkText.ODD)
                .flatMap(network -> Fingerprint.runs(network.name(), 7, 3, 2).stream())
                .toList();
        Fingerprint here = Fingerprint.of(Jvm.here(), path, runs);
        for (Map.Entry<String, String> processor : PROCESSORS.entrySet()) {
            FingerprintCheck.same(arm.on(processor.getKey()), processor.getValue(), path, runs, here);
        }
    }

    private static Jvm arm() {
        Optional<Path> qemu = Stream.of("qemu-aarch64-static", "qemu-aarch64")
                .flatMap(ArmTest::onThePath)
                .findFirst();
        Optional<Path> java =
                variable("ARM64_JDK_HOME").map(home -> home.resolve("bin").resolve("java"));
        Optional<Path> root = variable("ARM64_ROOT");
        String missing = !NIGHTLY
                ? "emulation takes minutes, -Pnightly runs it"
                : qemu.isEmpty()
                        ? "no qemu-aarch64-static on the path"
                        : java.filter(Files::exists).isEmpty()
                                ? "no bin/java where ARM64_JDK_HOME says"
                                : root.filter(Files::exists).isEmpty() ? "no folder where ARM64_ROOT says" : null;
        if (missing != null) {
            return Skipped.because(missing);
        }
        return Jvm.emulated(
                List.of(qemu.orElseThrow().toString(), "-L", root.orElseThrow().toString()), java.orElseThrow());
    }

    private static Optional<Path> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).map(Path::of);
    }

    private static Stream<Path> onThePath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place).resolve(name))
                .filter(Files::isExecutable);
    }
}
