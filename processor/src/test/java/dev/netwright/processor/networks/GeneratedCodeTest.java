package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Size, form and compile time of what is generated for well-known networks. */
@TestInstance(Lifecycle.PER_CLASS)
class GeneratedCodeTest {
    /** The longest string constant that a class file can hold is 65,535 bytes. */
    private static final int LONGEST_STRING = 60_000;

    /** Blocks are annotations that no processor claims: who claimed them would claim those of all others, too. */
    private static final String LINT = "-Xlint:all,-processing";

    private static final List<String> STRICT = Runtime.version().feature() >= 22
            ? List.of(LINT + ",-incubating", "-Werror")
            : List.of(LINT); // the incubator's warning cannot be silenced before

    /**
     * Networks, lines and bytes of classes that may be generated of them, about a tenth more than are, and seconds that the
     * processor may add to a javac that is warm; {@link ZooSizesTest} has those of a cold one.
     */
    enum Case {
        CIFAR(NetworkText.CIFAR, 6_900, 125_000, 1),
        RESNET_20(NetworkText.zoo("ResNet20", 3, 32, 32), 21_100, 376_000, 4),
        VGG_16(NetworkText.zoo("Vgg16", 3, 224, 224), 16_200, 281_000, 4),
        RESNET_50(NetworkText.zoo("ResNet50", 3, 224, 224), 48_200, 851_000, 8),
        DENSENET_121(NetworkText.zoo("DenseNet121", 3, 224, 224), 119_000, 2_130_000, 15),
        EFFICIENTNET_B0(NetworkText.zoo("EfficientNetB0", 3, 224, 224), 76_800, 1_345_000, 10);

        final NetworkText network;
        final long lines;
        final int bytes;
        final double seconds;

        Case(NetworkText network, long lines, int bytes, double seconds) {
            this.network = network;
            this.lines = lines;
            this.bytes = bytes;
            this.seconds = seconds;
        }
    }

    private final Map<Case, CompiledNetworks> built = new TreeMap<>();
    private final Map<Case, Double> seconds = new TreeMap<>();

    GeneratedCodeTest() {
        // javac's own start is not what is measured
        CompiledNetworks.of(NetworkText.SMALL);
        for (Case each : Case.values()) {
            double start = seconds();
            built.put(each, CompiledNetworks.with(STRICT, each.network));
            seconds.put(each, seconds() - start);
        }
    }

    /** Of this thread, which all of javac runs in: other work of a shared machine does not count. */
    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    @ParameterizedTest
    @EnumSource
    void compilesWithoutWarnings(Case each) {
        assertThat(built.get(each).warnings())
                .allSatisfy(warning -> assertThat(warning).contains("incubating module"));
    }

    @Test
    void scalarKernelsAloneCompileWithoutAnyWarning() {
        CompiledNetworks scalar = CompiledNetworks.with(
                List.of(LINT, "-Anetwright.kernels=scalar"), NetworkText.CIFAR, NetworkText.zoo("ResNet20", 3, 32, 32));
        assertThat(scalar.classes().keySet()).noneMatch(name -> name.contains("VectorKernels"));
        assertThat(scalar.warnings()).allSatisfy(warning -> assertThat(warning).contains("incubating module"));
    }

    /** The lines tell the step, but not who has the classes alone. */
    @Test
    void aStackTraceHasTheLayersAtWhichTheMethodsOfAProgramBegin() {
        String training = built.get(Case.RESNET_50).sources().get("tested.ResNet50NetTraining");
        assertThat(training)
                .contains("void backward1_from_fc(Worker worker)")
                .containsPattern("void backward2_from_layer4_\\w+\\(Worker worker\\)");
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameEachTimeAndHasNoDate(Case each) {
        Map<String, String> sources = built.get(each).sources();
        if (each != Case.VGG_16) {
            assertThat(CompiledNetworks.of(each.network).sources()).isEqualTo(sources);
        }
        assertThat(sources.values())
                .allSatisfy(text -> assertThat(text)
                        .doesNotContainPattern("\\b20\\d\\d-\\d\\d-\\d\\d\\b|\\b\\d\\d:\\d\\d:\\d\\d\\b|date ="));
    }

    @ParameterizedTest
    @EnumSource
    void methodsAreShortEnoughForHotSpot(Case each) {
        built.get(each).classes().forEach((name, bytes) -> {
            ClassFile file = ClassFile.of(bytes);
            int most = name.endsWith("Kernels") ? 1_000 : 6_000;
            file.codeLengths()
                    .forEach((method, length) -> assertThat(length)
                            .as("bytecodes of %s.%s", name, method)
                            .isLessThan(most));
            assertThat(file.longestString()).as("longest string of %s", name).isLessThan(LONGEST_STRING);
        });
    }

    /**
     * JaCoCo leaves out a class that itself has such an annotation in its file. Companions refer to nothing, as they are
     * compiled where no runtime is; their one method runs with every model.
     */
    @Test
    void everyClassIsMarkedAsGenerated() {
        CompiledNetworks two = CompiledNetworks.of(NetworkText.of("Two", "@Network(input = 4)", """
                @Linear(outFeatures = 3) @Output Layer one;
                @Linear(outFeatures = 2) @Output Layer other;
                """));
        two.classes().forEach((name, bytes) -> {
            boolean generated = !List.of("tested.Two", "tested.TwoLayers").contains(name);
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)
                            .contains("Ldev/netwright/runtime/generated/Generated;"))
                    .as(name)
                    .isEqualTo(generated);
        });
        assertThat(two.classes().keySet()).anyMatch(name -> name.endsWith("$Outputs"));
    }

    @ParameterizedTest
    @EnumSource
    void theProcessorKeepsWithinItsBudget(Case each) {
        double start = seconds();
        Compilation alone = Compiler.javac()
                .withOptions("-proc:none")
                .compile(each.network.sources().entrySet().stream()
                        .map(source -> JavaFileObjects.forSourceString(source.getKey(), source.getValue()))
                        .toList());
        double without = seconds() - start;
        assertThat(alone.status()).isEqualTo(Compilation.Status.SUCCESS);

        long lines = built.get(each).sources().values().stream()
                .mapToLong(text -> text.lines().count())
                .sum();
        int bytes = built.get(each).classes().values().stream()
                .mapToInt(file -> file.length)
                .sum();
        Map<String, Integer> lengths = new TreeMap<>();
        built.get(each)
                .classes()
                .forEach((name, file) -> ClassFile.of(file)
                        .codeLengths()
                        .forEach((method, length) ->
                                lengths.put(name + "." + method.replaceFirst("\\(.*", ""), length)));
        var largest =
                lengths.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        double with = seconds.get(each);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d lines, %,d bytes of classes, %,d methods, largest %s with %d bytecodes;"
                        + " javac %.2f s of CPU with the processor, %.2f s without; %.0f s more are the budget\n",
                each,
                lines,
                bytes,
                lengths.size(),
                largest.getKey(),
                largest.getValue(),
                with,
                without,
                each.seconds);
        assertThat(lines).as("generated lines").isLessThanOrEqualTo(each.lines);
        assertThat(bytes).as("bytes of classes").isLessThanOrEqualTo(each.bytes);
        if (Boolean.getBoolean("netwright.nightly")) {
            // neighbours on shared cores slow down what does count
            assertThat(with - without).isLessThan(3 * each.seconds);
        }
    }
}
