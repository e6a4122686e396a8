package dev.netwright.processor.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.machines.Fingerprint.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What other JVMs find against what is expected; the other JVMs themselves have no assertions on their class paths. */
final class FingerprintCheck {
    private FingerprintCheck() {}

    /**
     * Asserts that another JVM runs kernels of a kind, and finds the same.
     *
     * @param kind how their names begin
     * @param runs those of which the expected ones are
     */
    static void same(Jvm jvm, String kind, List<Path> classPath, List<Run> runs, Fingerprint expected)
            throws IOException, InterruptedException {
        Fingerprint got = Fingerprint.of(jvm, classPath, runs);
        System.out.printf(
                "%s: %d digests, %s\n",
                jvm,
                got.digests().size(),
                got.kernels().values().stream().distinct().toList());
        assertThat(got.kernels().values())
                .as("kernels of %s", jvm)
                .allSatisfy(ran -> assertThat(ran).startsWith(kind));
        assertThat(got.differences(expected))
                .as("%s has other bits than %s", jvm, expected.kernels().values())
                .isEmpty();
    }
}
