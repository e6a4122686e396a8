package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.netwright.processor.Compiled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of many layers compile: in time that grows as they do, and to kernels of a size that HotSpot likes. */
class DeepNetworkTest {
    /** Also the largest sizes, with limits on the time: {@code mvn -Pnightly verify}. */
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    private static final int MOST_BYTECODES = 1_000;

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
        checkKernels(Built.of(part.times(40)));
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
        checkKernels(Built.of(NetworkText.of("Sums", annotations, String.join("\n", layers))));
    }

    private static void checkKernels(Built built) {
        built.classes().forEach((name, bytes) -> {
            if (name.endsWith("Kernels")) {
                ClassFile.of(bytes)
                        .codeLengths()
                        .forEach((method, length) -> assertThat(length)
                                .as("bytecodes of %s.%s", name, method)
                                .isLessThan(MOST_BYTECODES));
            }
        });
    }

    @Test
    void twoThousandActivationsArePlanned() {
        Planned planned = Planned.of(Part.TANH.times(2_000));
        assertThat(planned.plan().training().steps()).hasSizeGreaterThan(2_000);
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
        Assumptions.assumeTrue(NIGHTLY, "takes long: -Pnightly runs it");
        Built.of(NetworkText.SMALL);
        double start = seconds();
        Built.of(part.times(count / 2));
        double half = seconds() - start;
        Built.of(part.times(count));
        double whole = seconds() - start - half;
        System.out.printf(Locale.ROOT, "%d x %s: %.1f s of CPU, half of it %.1f s\n", count, part, whole, half);
        assertThat(whole).isLessThan(seconds).isLessThan(2.3 * half + 1);
    }

    /** Of this thread, which all of javac runs in: other work of a shared machine does not count. */
    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
