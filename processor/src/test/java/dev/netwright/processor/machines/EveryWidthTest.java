package dev.netwright.processor.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.machines.Fingerprint.Run;
import dev.netwright.testing.Skipped;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bits in JVMs of all widths, with 16 and with 32 registers, of JDK 17 and 25. */
class EveryWidthTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");
    private static final NetworkText RESNET = NetworkText.zoo("ResNet20", 3, 32, 32);
    private static final String NARROW = "-XX:UseAVX=2";
    private static final String WIDTH = "-Dnetwright.vectorBits=";
    private static final int NEWER = 25;

    /** Each with what the kernels are called then; 32 registers with fewer bits are those of {@code aarch64}. */
    private static final List<List<String>> KINDS = List.of(
            List.of("vector"),
            List.of("vector 256", WIDTH + 256),
            List.of("vector 128", WIDTH + 128),
            List.of("vector 256", NARROW),
            List.of("vector 256", NARROW, WIDTH + 256),
            List.of("vector 128", NARROW, WIDTH + 128),
            List.of("vector 256", "-Dos.arch=aarch64", WIDTH + 256),
            List.of("vector 128", "-Dos.arch=aarch64", WIDTH + 128));

    @TempDir
    Path folder;

    /** The kinds within one JVM are {@code SameBitsTest}'s. */
    @Test
    void aJvmOfTwoHundredFiftySixBitsHasTheScalarKernelsBits() throws Exception {
        assumeX86();
        List<Path> path = CompiledFolder.of(folder, CompiledNetworks.of(NetworkText.CIFAR, NetworkText.ODD));
        List<Run> runs = Stream.of(NetworkText.CIFAR, NetworkText.ODD)
                .flatMap(network -> Fingerprint.runs(network.name(), 5, 3, 2).stream())
                .toList();
        Fingerprint scalar = Fingerprint.of(Jvm.here().with(WIDTH + 0), path, runs);
        FingerprintCheck.same(Jvm.here().with(NARROW), "vector 256", path, runs, scalar);
    }

    @Test
    void everyKindOfJvmHasTheScalarKernelsBits() throws Exception {
        Skipped.unless(NIGHTLY, "networks in JVMs of every kind take minutes, -Pnightly runs them");
        assumeX86();
        List<Path> path = CompiledFolder.of(folder, CompiledNetworks.of(NetworkText.CIFAR, NetworkText.ODD, RESNET));
        List<Run> runs = Stream.of(
                        Fingerprint.runs(NetworkText.CIFAR.name(), 13, 20, 1, 2),
                        Fingerprint.runs(NetworkText.ODD.name(), 7, 20, 1, 2),
                        Fingerprint.runs(RESNET.name(), 3, 20, 1, 2))
                .flatMap(List::stream)
                .toList();
        Fingerprint scalar = Fingerprint.of(Jvm.here().with(WIDTH + 0), path, runs);
        List<Jvm> jdks = Stream.concat(Stream.of(Jvm.here()), newer().stream()).toList();
        for (Jvm jdk : jdks) {
            for (List<String> kind : KINDS) {
                List<String> options = kind.subList(1, kind.size());
                FingerprintCheck.same(jdk.with(options.toArray(String[]::new)), kind.get(0), path, runs, scalar);
            }
        }
    }

    @Test
    void anotherStepIsSeen() throws Exception {
        List<Path> path = CompiledFolder.of(folder, CompiledNetworks.of(NetworkText.MLP));
        Jvm jvm = Jvm.here().with(WIDTH + 0);
        Fingerprint one = Fingerprint.of(jvm, path, Fingerprint.runs(NetworkText.MLP.name(), 3, 1, 1));
        Fingerprint two = Fingerprint.of(jvm, path, Fingerprint.runs(NetworkText.MLP.name(), 3, 2, 1));
        assertThat(two.differences(one)).contains(NetworkText.MLP.name() + " 1 fc1.weight");
    }

    private static void assumeX86() {
        Skipped.unless(
                System.getProperty("os.arch").equals("amd64"), "-XX:UseAVX is an option of HotSpot on x86 alone");
    }

    /** What runs this JDK's class files; JDK 17's files run on both. */
    private static List<Jvm> newer() {
        List<Jvm> found = Runtime.version().feature() < NEWER ? Jvm.ofVersion(NEWER) : List.of();
        if (found.isEmpty()) {
            System.out.printf(
                    "%s alone: no JDK %d beside it, nor where JDK%<d_HOME says, or it is no newer\n",
                    Jvm.here(), NEWER);
        }
        return found;
    }
}
