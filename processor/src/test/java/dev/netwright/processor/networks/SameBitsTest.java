package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of every sum is part of the plan, so training gives the same bits however it runs. */
class SameBitsTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    /** Prime, and more than threads, so that no division among threads or into tiles is even. */
    private static final int SAMPLES = NIGHTLY ? 13 : 5;

    /** The third has momenta of weights and running statistics that all others changed. */
    private static final int STEPS = NIGHTLY ? 20 : 3;

    private static final Options TWO_THREADS = Options.defaults().threads(2).predictionThreads(2);

    @Test
    void theCifarCnnHasTheSameBitsWithEveryKindOfKernels() {
        everyKind(NetworkText.CIFAR, SAMPLES);
    }

    @Test
    void resNet20HasTheSameBitsWithEveryKindOfKernels() {
        everyKind(NetworkText.zoo("ResNet20", 3, 32, 32), 3);
    }

    @Test
    void channelsOfOddNumbersHaveTheSameBitsWithEveryKindOfKernels() {
        everyKind(NetworkText.ODD, NIGHTLY ? 7 : 3);
    }

    @Test
    void layersOverTimeHaveTheSameBitsWithEveryKindOfKernelsAndAnyNumberOfThreads() {
        everyKindAndAnyNumberOfThreads(NetworkText.TIME);
    }

    @Test
    void attentionHasTheSameBitsWithEveryKindOfKernelsAndAnyNumberOfThreads() {
        everyKindAndAnyNumberOfThreads(NetworkText.ATTENTION);
    }

    private static void everyKindAndAnyNumberOfThreads(NetworkText network) {
        everyKind(network, 11);
        CompiledNetworks built = CompiledNetworks.of(network);
        Map<String, List<Integer>> one = threads(built, network, 1, 19);
        assertThat(Training.differences(threads(built, network, 3, 19), one)).isEmpty();
    }

    private static void everyKind(NetworkText network, int samples) {
        CompiledNetworks built = CompiledNetworks.of(network);
        Map<String, List<Integer>> scalar = run(built, network, CompiledNetworks.SCALAR, samples);
        for (int bits : new int[] {512, 256, 128, CompiledNetworks.NEON, CompiledNetworks.SVE}) {
            assertThat(Training.differences(run(built, network, bits, samples), scalar))
                    .as("%d bits against scalar kernels", bits)
                    .isEmpty();
        }
    }

    private static Map<String, List<Integer>> run(CompiledNetworks built, NetworkText network, int bits, int samples) {
        return Training.bits(built.network(network, bits).create(3, TWO_THREADS), samples, STEPS);
    }

    @Test
    void dropoutAndBatchNormHaveTheSameBitsWithAnyNumberOfThreads() {
        CompiledNetworks built = CompiledNetworks.of(NetworkText.SMALL);
        Map<String, List<Integer>> one = threads(built, 1);
        assertThat(Training.differences(threads(built, 4), one)).isEmpty();
        assertThat(Training.differences(threads(built, 3), one)).isEmpty();
    }

    /** Numbers of samples at which teams become larger, and more threads than processors. */
    @Test
    void theCifarCnnHasTheSameBitsWithAnyNumberOfThreads() {
        CompiledNetworks built = CompiledNetworks.of(NetworkText.CIFAR);
        for (int samples : new int[] {1, 3, 9, 33}) {
            Map<String, List<Integer>> one = threads(built, NetworkText.CIFAR, 1, samples);
            for (int threads : new int[] {2, 4, 8}) {
                assertThat(Training.differences(threads(built, NetworkText.CIFAR, threads, samples), one))
                        .as("%d threads, %d samples", threads, samples)
                        .isEmpty();
            }
        }
    }

    private static Map<String, List<Integer>> threads(
            CompiledNetworks built, NetworkText network, int threads, int samples) {
        Options options = Options.defaults().threads(threads).predictionThreads(threads);
        return Training.bits(built.network(network).create(3, options), samples, STEPS);
    }

    private static Map<String, List<Integer>> threads(CompiledNetworks built, int threads) {
        Options options = Options.defaults().threads(threads).predictionThreads(threads);
        return Training.bits(built.network(NetworkText.SMALL).create(3, options), 17, 4 * STEPS);
    }

    @Test
    void aSumInAnotherOrderIsSeen() {
        CompiledNetworks built = CompiledNetworks.of(NetworkText.SMALL);
        Map<String, List<Integer>> planned = few(built);
        assertThat(Training.differences(few(built), planned)).isEmpty();

        CompiledNetworks swapped = built.changed(kernels(), text -> Reordering.swapLoops(text, "conv1Tile"));
        assertThat(Training.differences(few(swapped), planned)).anyMatch(each -> each.endsWith("output fc"));

        CompiledNetworks reversed =
                built.changed(kernels(), text -> Reordering.reverseSamples(text, "conv1WeightGradient"));
        assertThat(Training.differences(few(reversed), planned)).anyMatch(each -> each.endsWith("conv1.weight"));
    }

    private static String kernels() {
        return NetworkText.SMALL.name() + "ScalarKernels";
    }

    private static Map<String, List<Integer>> few(CompiledNetworks built) {
        return Training.bits(
                built.network(NetworkText.SMALL, CompiledNetworks.SCALAR).create(3, TWO_THREADS), SAMPLES, 3);
    }
}
