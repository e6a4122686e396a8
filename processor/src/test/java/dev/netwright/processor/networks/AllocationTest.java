package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.generated.Use;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.SGD;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is allocated by a step or a prediction once the largest batch has been seen. */
class AllocationTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    private static final int MOST = 7;
    private static final int CALLS = 20;

    /**
     * Bytes that a call may seem to allocate: what the JVM itself does now and then in any thread, spread over the
     * calls.
     */
    private static final long NOISE = 16;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<NetworkText> networks() {
        return List.of(NetworkText.CIFAR, NetworkText.SMALL, NetworkText.LENET, NetworkText.MLP, NetworkText.TIME);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void scalarKernelsAllocateNothing(NetworkText network) {
        check(network, CompiledNetworks.SCALAR, 6, 3, NOISE);
    }

    static List<Arguments> inputs() {
        int[] lengths = {5, 1, 2, 4, 3, 2, 5};
        Object[] rows = {new float[MOST * 7 * 6], new float[MOST * 5 * 6], lengths, lengths};
        return List.of(
                Arguments.of(IntegerInputTest.BYTES, new Object[] {new byte[MOST * 3 * 32 * 32]}, new int[] {10}),
                Arguments.of(NetworkText.ATTENTION, rows, new int[] {10, 7 * 7}));
    }

    /** @param outputs how many numbers of a sample each has */
    @ParameterizedTest
    @MethodSource("inputs")
    void stepsByCallersThatDoNotKnowTheTypesAllocateNothing(NetworkText network, Object[] inputs, int[] outputs) {
        Options options = Options.defaults().threads(2).predictionThreads(2);
        Model model = CompiledNetworks.of(network)
                .network(network, CompiledNetworks.SCALAR)
                .create(1, options)
                .model();
        Object[] targets = {new int[] {0, 1, 2, 3, 4, 0, 1}};
        float[][] predicted =
                Arrays.stream(outputs).mapToObj(size -> new float[MOST * size]).toArray(float[][]::new);
        SGD optimizer = SGD.of(0.001f).momentum(0.9f);
        Runnable calls = () -> {
            for (int i = 0; i < CALLS; i++) {
                int n = MOST - i % (MOST - 1);
                model.trainStep(inputs, targets, n, optimizer);
                model.evaluate(inputs, targets, n);
                model.predict(inputs, n, predicted);
            }
        };
        calls.run();
        long[] threads = threads();
        long least = Long.MAX_VALUE;
        for (int tried = 0; least > NOISE && tried < 3; tried++) {
            long before = allocated(threads);
            calls.run();
            least = Math.min(least, (allocated(threads) - before) / CALLS);
        }
        assertThat(least).isLessThanOrEqualTo(NOISE);
    }

    /**
     * HotSpot's interpreter and first compiler make objects of vectors, so a kernel allocates until the second has
     * compiled it, which may take thousands of calls.
     */
    @ParameterizedTest
    @MethodSource("rows")
    void vectorKernelsAllocateNextToNothingOnceCompiled(NetworkText network) {
        check(network, 256, 60, 150, 1 << 16);
    }

    static List<NetworkText> rows() {
        NetworkText normalised = NIGHTLY ? NetworkText.zoo("ResNet20", 3, 32, 32) : NetworkText.SMALL;
        return List.of(NetworkText.CIFAR, normalised, NetworkText.LENET, NetworkText.MLP);
    }

    private static void check(NetworkText network, int bits, int first, int attempts, long most) {
        CompiledNetworks built = CompiledNetworks.of(network, use(network));
        Use use = built.use(network, bits, Options.defaults().threads(2).predictionThreads(2));
        int size = built.declared(network).inputs().get(0).shape().elements();
        float[] input = new float[MOST * size];
        Random random = new Random(1);
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextFloat();
        }
        int[] target = {0, 1, 2, 3, 4, 0, 1};
        float[] output = new float[MOST * 10];
        SGD optimizer = SGD.of(0.001f).momentum(0.9f);
        calls(use, input, target, output, optimizer, first);
        long[] threads = threads();
        assertThat(threads).hasSizeGreaterThan(1);
        long least = Long.MAX_VALUE;
        int tried = 0;
        while (least > most && tried++ < attempts) {
            long before = allocated(threads);
            calls(use, input, target, output, optimizer, CALLS);
            least = Math.min(least, (allocated(threads) - before) / CALLS);
        }
        System.out.printf(
                "%s: %d bytes a step with a prediction, %s, attempt %d\n",
                network, least, use.model().kernels(), tried);
        assertThat(least).as("bytes a step with a prediction").isLessThanOrEqualTo(most);
    }

    private static NetworkText use(NetworkText network) {
        String simple = network.model().replaceFirst(".*\\.", "");
        String packageName = network.model().substring(0, network.model().length() - simple.length() - 1);
        return new NetworkText(network.model() + "Use", Use.source(packageName, simple));
    }

    /** The largest batch first, then all smaller ones that training can have. */
    private static void calls(Use use, float[] input, int[] target, float[] output, SGD optimizer, int count) {
        for (int i = 0; i < count; i++) {
            int n = MOST - i % (MOST - 1);
            use.train(input, target, n, optimizer);
            use.predict(input, n, output);
        }
    }

    /** The calling thread and the teams'; not the JVM's own. */
    private static long[] threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("netwright-worker"))
                .mapToLong(Thread::getId)
                .toArray();
    }

    private static long allocated(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadAllocatedBytes(thread);
        }
        return sum;
    }
}
