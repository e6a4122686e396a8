package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.netwright.processor.Compiled;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.GeneratedNetwork;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.testing.Skipped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of many layers compile: in time that grows as they do, and to kernels of a size that HotSpot likes. */
class DeepNetworkTest {
    /** Also the largest sizes, with limits on the time: {@code mvn -Pnightly verify}. */
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    private static final int MOST_BYTECODES = 1_000;

    /** HotSpot compiles nothing above 8,000, and tools that measure coverage add some to each method. */
    private static final int MOST_BYTECODES_OF_DRIVERS = 6_000;

    private static final List<String> SCALAR = List.of("-Anetwright.kernels=scalar");

    /** What a network consists of, over and over. */
    enum Part {
        TANH("@Tanh Layer tanh%d;", 8),
        GELU("@GELU Layer gelu%d;", 8),
        SILU("@SiLU Layer silu%d;", 8),
        RELU("@ReLU Layer relu%d;", 8),
        /** Each reads the one before twice. */
        SQUARES("@Mul(from = {\"%2$s\", \"%2$s\"}) Layer square%d;", 8),
        DOUBLES("@Add(from = {\"%2$s\", \"%2$s\"}) Layer double%d;", 8),
        LINEAR("@Linear(outFeatures = 8) Layer linear%d;", 8),
        BLOCKS(
                "@Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) Layer conv%1$d;"
                        + " @BatchNorm2d Layer bn%1$d; @ReLU Layer relu%1$d;",
                16, 8, 8);

        private final String text;
        private final int[] input;

        Part(String text, int... input) {
            this.text = text;
            this.input = input;
        }

        /** So many of them between two layers. */
        NetworkText times(int count) {
            String shape = IntStream.of(input).mapToObj(String::valueOf).collect(Collectors.joining(", "));
            List<String> layers = new ArrayList<>(List.of(
                    input.length == 1
                            ? "@Linear(outFeatures = 4) Layer first;"
                            : "@Conv2d(outChannels = 16, kernelSize = 1) Layer first;"));
            String before = "first";
            for (int i = 0; i < count; i++) {
                layers.add(String.format(Locale.ROOT, text, i, before));
                before = layers.get(layers.size() - 1).replaceFirst(".* (\\w+);$", "$1");
            }
            layers.add("@Flatten Layer flatten; @Linear(outFeatures = 3) Layer last;");
            return NetworkText.of(
                    "Deep", "@Network(input = {" + shape + "}) @CrossEntropyLoss", String.join("\n", layers));
        }
    }

    @ParameterizedTest
    @EnumSource
    void kernelsStayShort(Part part) {
        checkKernels(CompiledNetworks.of(part.times(40)));
    }

    /** Sums that are each short enough to be part of the kernel before. */
    @Test
    void kernelsThatTakeUpSumsStayShort() {
        List<String> inputs = new ArrayList<>();
        List<String> layers = new ArrayList<>(List.of("@Linear(outFeatures = 32, from = \"x0\") Layer sum0;"));
        for (int i = 0; i < 12; i++) {
            List<String> terms = new ArrayList<>(List.of("sum" + i));
            for (int k = 4 * i; k < 4 * i + 4; k++) {
                terms.add("x" + k);
                inputs.add("@Input(name = \"x" + k + "\", shape = 32)");
            }
            layers.add("@Add(from = {\"" + String.join("\", \"", terms) + "\"}) Layer sum" + (i + 1) + ";");
        }
        String annotations = "@Network " + String.join(" ", inputs) + " @MSELoss";
        checkKernels(CompiledNetworks.of(NetworkText.of("Sums", annotations, String.join("\n", layers))));
    }

    private static void checkKernels(CompiledNetworks built) {
        built.classes().forEach((name, bytes) -> {
            int most = name.endsWith("Kernels") ? MOST_BYTECODES : MOST_BYTECODES_OF_DRIVERS;
            ClassFile.of(bytes)
                    .codeLengths()
                    .forEach((method, length) -> assertThat(length)
                            .as("bytecodes of %s.%s", name, method)
                            .isLessThan(most));
        });
    }

    /** In one method, what sets the fields of so many layers is too large for a class file. */
    @Test
    void thousandsOfLayersAreOneNetwork(@TempDir Path folder) throws IOException {
        NetworkText thousands = Part.RELU.times(4_001);
        NetworkText one = Part.RELU.times(1);
        CompiledNetworks built = CompiledNetworks.with(SCALAR, thousands);
        checkKernels(built);
        GeneratedNetwork network = built.network(thousands, CompiledNetworks.SCALAR);
        GeneratedModel deep = network.create(7, Options.defaults());
        // what one ReLU leaves the others leave, too
        GeneratedModel shallow = CompiledNetworks.with(SCALAR, one)
                .network(one, CompiledNetworks.SCALAR)
                .create(7, Options.defaults());

        float[] input = {0.5f, -1, 2, 0.25f, -0.75f, 1.5f, -2, 1, 1, 0, -0.5f, 3, -1, 0.125f, 2, -3};
        for (GeneratedModel model : List.of(deep, shallow)) {
            Optimizer optimizer = SGD.of(0.1f);
            model.trainStep(List.of(input), List.of(new int[] {2, 0}), 2, optimizer);
            model.trainStep(List.of(input), List.of(new int[] {1, 0}), 2, optimizer);
        }
        float[] expected = shallow.predict(List.of(input), 2).get("last");
        assertThat(deep.predict(List.of(input), 2).get("last")).containsExactly(expected);

        Path file = folder.resolve("deep.safetensors");
        deep.model().save(file);
        GeneratedModel loaded = network.create(8, Options.defaults());
        loaded.model().loadStateDict(file);
        assertThat(loaded.predict(List.of(input), 2).get("last")).containsExactly(expected);

        assertThat(deep.model().toString().lines())
                .hasSize(4_001 + 5)
                .contains("  (relu0): ReLU()", "  (relu4000): ReLU()");
        assertThat(deep.model().summary()).contains("relu0 ", "relu4000 ");
        assertThat(deep.layer("relu0").key()).isEqualTo("relu0");
        assertThat(deep.layer("relu4000").key()).isEqualTo("relu4000");
    }

    static Stream<Arguments> thousands() {
        return Stream.of(
                Arguments.of(Part.TANH, 8_000), Arguments.of(Part.LINEAR, 4_000), Arguments.of(Part.BLOCKS, 1_400));
    }

    @ParameterizedTest
    @MethodSource("thousands")
    void methodsOfThousandsOfLayersStayShort(Part part, int count) {
        Skipped.unless(NIGHTLY, count + " layers take long: -Pnightly runs them");
        checkKernels(CompiledNetworks.of(part.times(count)));
    }

    @Test
    void twoThousandActivationsArePlanned() {
        Planned planned = Planned.of(Part.TANH.times(2_000));
        assertThat(planned.plan().training().orElseThrow().steps()).hasSizeGreaterThan(2_000);
    }

    /** What passes and plan allocate does not depend on the machine, as their time does. */
    @ParameterizedTest
    @EnumSource
    void twiceTheNetworkIsTwiceTheWork(Part part) {
        IntFunction<Double> allocated = count -> {
            Compiled compiled = Compiled.of(part.times(count).text());
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            Planned.of(compiled.results().get(0));
            return (double) threads.getCurrentThreadAllocatedBytes() - before;
        };
        double once = allocated.apply(100);
        double twice = allocated.apply(200);
        double fourfold = allocated.apply(400);
        System.out.printf(
                Locale.ROOT,
                "%s: 100, 200, 400 allocate %.1f, %.1f, %.1f MB\n",
                part,
                once / 1e6,
                twice / 1e6,
                fourfold / 1e6);
        assertThat(twice).isLessThan(2.3 * once);
        assertThat(fourfold).isLessThan(2.3 * twice);
    }

    static Stream<Arguments> largest() {
        return Stream.of(
                Arguments.of(Part.TANH, 2_000, 20),
                Arguments.of(Part.LINEAR, 1_000, 20),
                Arguments.of(Part.BLOCKS, 320, 30));
    }

    @ParameterizedTest
    @MethodSource("largest")
    void compilesInTime(Part part, int count, double seconds) {
        Skipped.unless(NIGHTLY, count + " layers take long: -Pnightly runs them");
        CompiledNetworks.of(NetworkText.SMALL);
        double start = seconds();
        CompiledNetworks.of(part.times(count / 2));
        double half = seconds() - start;
        CompiledNetworks.of(part.times(count));
        double whole = seconds() - start - half;
        System.out.printf(Locale.ROOT, "%d x %s: %.1f s of CPU, half of it %.1f s\n", count, part, whole, half);
        assertThat(whole).isLessThan(seconds).isLessThan(2.3 * half + 1);
    }

    /** Of this thread, which all of javac runs in: other work of a shared machine does not count. */
    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
