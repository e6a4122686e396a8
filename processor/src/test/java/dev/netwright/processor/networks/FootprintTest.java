package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.Access;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.generated.ModelBase;
import dev.netwright.runtime.generated.Program;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What kernels say that they write is what the generated code writes: memory is filled with two numbers in turn, and
 * what is neither afterwards was written. Loops are gone through one iteration after the other here.
 */
class FootprintTest {
    private static final int SAMPLES = 3;

    /** Floats before the first of a program's own memory. */
    private static final int LEAD = 12;

    private static final float[] SENTINELS = {7.28125f, -3.40625f};

    private static final NetworkText GROUPS =
            NetworkText.of("GroupsNet", "@Network(input = {20, 9, 9}, inputGradient = true) @CrossEntropyLoss", """
            @Conv2d(outChannels = 20, kernelSize = 3, padding = 1, groups = 20) Layer depthwise;
            @SiLU Layer silu;
            @Conv2d(outChannels = 12, kernelSize = 3, padding = 1, stride = 2, groups = 4) Layer grouped;
            @Conv2d(outChannels = 48, kernelSize = 3, padding = 1, groups = 3) Layer wide;
            @Pad(padding = {1, 0, 2, 1}, mode = PadMode.REFLECT) Layer pad;
            @AvgPool2d(kernelSize = 3, stride = 2, padding = 1) Layer pool;
            @Conv2d(outChannels = 9, kernelSize = 2, padding = 1, stride = 2) Layer conv;
            @GroupNorm(numGroups = 3) Layer norm;
            @Concat(from = {"norm", "norm"}) Layer both;
            @Upsample(scaleFactor = 1.5, mode = Upsample.Mode.BILINEAR) Layer larger;
            @ConvTranspose2d(outChannels = 6, kernelSize = 2, stride = 2) Layer twice;
            @ConvTranspose2d(outChannels = 32, kernelSize = 2, stride = 2, groups = 2) Layer wider;
            @ConvTranspose2d(outChannels = 6, kernelSize = {1, 2}, stride = 2, groups = 2) Layer narrow;
            @FractionalMaxPool2d(kernelSize = 2, outputRatio = 0.8) Layer drawn;
            @MaxPool2d(kernelSize = 2, stride = 1) Layer last;
            @Custom(dev.netwright.processor.reference.SphereNorm.class) Layer own;
            @Flatten Layer flatten;
            @Dropout(p = 0.5) Layer dropout;
            @Linear(outFeatures = 5) Layer fc;
            """);

    private static final NetworkText VOLUMES = NetworkText.of(
            "VolumesNet", "@Network(input = {20, 4, 6, 7}, inputGradient = true) @CrossEntropyLoss", """
            @Conv3d(outChannels = 20, kernelSize = 3, padding = {1, 0, 2}, groups = 20) Layer depthwise;
            @SiLU Layer silu;
            @Conv3d(outChannels = 12, kernelSize = 3, padding = 1, stride = {1, 2, 1}, groups = 4) Layer grouped;
            @Conv3d(outChannels = 48, kernelSize = {3, 1, 3}, padding = {1, 0, 1}, groups = 3) Layer wide;
            @AvgPool3d(kernelSize = 2, stride = 1, padding = {1, 0, 1}) Layer average;
            @Conv3d(outChannels = 9, kernelSize = 2, padding = 1, stride = 2) Layer conv;
            @ConvTranspose3d(outChannels = 6, kernelSize = 2, stride = 2) Layer twice;
            @ConvTranspose3d(outChannels = 6, kernelSize = {1, 2, 3}, stride = 2, groups = 2) Layer narrow;
            @Conv3d(outChannels = 32, kernelSize = 3, padding = 1) Layer last;
            @BatchNorm3d Layer norm;
            @MaxPool3d(kernelSize = 2) Layer pool;
            @FractionalMaxPool3d(kernelSize = 1, outputSize = {1, 2, 3}) Layer drawn;
            @AdaptiveAvgPool3d(outputSize = {2, 3, 1}) Layer adaptive;
            @Flatten Layer flatten;
            @Linear(outFeatures = 5) Layer fc;
            """);

    private static final NetworkText WIDE =
            NetworkText.of("WideNet", "@Network(input = {64, 12, 12}, inputGradient = true) @CrossEntropyLoss", """
            @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv1;
            @BatchNorm2d Layer bn;
            @ReLU Layer relu1;
            @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv2;
            @ReLU Layer relu2;
            @MaxPool2d(kernelSize = 2) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 512) Layer fc1;
            @ReLU Layer relu3;
            @Linear(outFeatures = 5) Layer fc2;
            """);

    private static final NetworkText FEW_CHANNELS =
            NetworkText.of("FewChannelsNet", "@Network(input = {1, 12, 12}) @CrossEntropyLoss", """
            @Conv2d(outChannels = 6, kernelSize = 5, padding = 2) Layer conv1;
            @AvgPool2d(kernelSize = 2) Layer pool;
            @Conv2d(outChannels = 10, kernelSize = {3, 5}, padding = {1, 0}) Layer conv2;
            @Flatten Layer flatten;
            @Linear(outFeatures = 5) Layer fc;
            """);

    private static final NetworkText ELEMENTS =
            NetworkText.of("ElementsNet", "@Network(input = {3, 4, 5}) @MSELoss", """
            @Linear(outFeatures = 6) Layer fc;
            @Softmax(dim = -1) Layer softmax;
            """);

    private static final NetworkText EXACT = NetworkText.of(
            "ExactCifarNet",
            "@Network(input = {3, 32, 32}, precision = Precision.EXACT) @CrossEntropyLoss",
            NetworkText.cifarLayers(""));

    private static final List<NetworkText> NETWORKS = List.of(
            NetworkText.SMALL, NetworkText.CIFAR_WITH_RELU, EXACT, GROUPS, VOLUMES, WIDE, FEW_CHANNELS, ELEMENTS);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(NETWORKS.toArray(new NetworkText[0]));

    private static final Set<String> KERNELS = new TreeSet<>();

    static Stream<Arguments> cases() {
        return NETWORKS.stream()
                .flatMap(network -> Stream.of(CompiledNetworks.SCALAR, 256).map(bits -> Arguments.of(network, bits)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isWhatIsWritten(NetworkText network, int bits) throws ReflectiveOperationException {
        Plan.Program plan = Planned.of(network).plan().training().orElseThrow();
        BitSet declared = declared(plan);
        BitSet written = written(network, bits, plan);
        BitSet undeclared = (BitSet) written.clone();
        undeclared.andNot(declared);
        assertThat(undeclared).as("written, though no kernel says so").isEqualTo(new BitSet());
        // what is copied from padding lanes may be a sentinel itself; elements never are
        BitSet missing = elements(plan);
        missing.and(declared);
        missing.andNot(written);
        assertThat(missing).as("said to be written, but is not").isEqualTo(new BitSet());
        BitSet unsaid = elements(plan);
        unsaid.andNot(declared);
        assertThat(unsaid).as("elements that no kernel says it writes").isEqualTo(new BitSet());
        plan.steps().forEach(step -> KERNELS.add(step.kernel().getClass().getSimpleName()));
    }

    @AfterAll
    static void reaches() {
        assertThat(KERNELS)
                .contains(
                        "Tile",
                        "Elementwise",
                        "Reduction",
                        "Pool",
                        "PoolGradient",
                        "Resampling",
                        "Sums",
                        "Depthwise",
                        "DepthwiseWeightGradient",
                        "SlidingWeightGradient",
                        "ColumnPairs",
                        "Transform",
                        "Output",
                        "InputGradient",
                        "WeightGradient",
                        "ClassLoss",
                        "Fill",
                        "Draw",
                        "Combine");
        System.out.println("footprints of " + KERNELS);
    }

    private static BitSet declared(Plan.Program plan) {
        BitSet floats = new BitSet();
        for (Step step : plan.steps()) {
            Kernel kernel = step.kernel();
            Map<String, Place> places = step.places();
            for (Access access : kernel.accesses(step.work())) {
                Place place = places.get(access.operand());
                if (access.mode().isWrite() && place.array() == Array.ARENA) {
                    for (int sample = 0; sample < SAMPLES; sample++) {
                        int first = place.base() * SAMPLES
                                + sample * access.sample()
                                + place.layout().offset()
                                + access.start();
                        visit(first, access.loops(), access.lanes(), floats);
                    }
                }
            }
        }
        return floats;
    }

    private static void visit(int at, List<Axis> loops, int lanes, BitSet floats) {
        if (loops.isEmpty()) {
            floats.set(at, at + lanes);
            return;
        }
        for (int i = 0; i < loops.get(0).extent(); i++) {
            visit(at + i * loops.get(0).stride(), loops.subList(1, loops.size()), lanes, floats);
        }
    }

    private static BitSet elements(Plan.Program plan) {
        BitSet floats = new BitSet();
        for (Plan.Stored stored : plan.stored()) {
            Place place = stored.place();
            for (int sample = 0; sample < SAMPLES; sample++) {
                int first = place.base() * SAMPLES
                        + sample * place.layout().size()
                        + place.layout().offset();
                visit(first, place.layout().inMemoryOrder(), 1, floats);
            }
        }
        return floats;
    }

    /** Floats of the arena that are not what they were before a forward and a backward pass. */
    private static BitSet written(NetworkText network, int bits, Plan.Program plan)
            throws ReflectiveOperationException {
        BitSet written = new BitSet();
        GeneratedModel model =
                BUILT.network(network, bits).create(1, Options.defaults().threads(1));
        int inputs = model.network().inputs().get(0).shape().elements();
        int outputs = model.network().outputs().get(0).shape().elements();
        float[] x = random(SAMPLES * inputs);
        Object target = network == ELEMENTS ? random(SAMPLES * outputs) : new int[] {1, 4, 0};
        Program program = (Program) read(read(model.model(), ModelBase.class, "training"), "program");
        for (float sentinel : SENTINELS) {
            Method reserve = Program.class.getDeclaredMethod("reserve", int.class);
            reserve.setAccessible(true);
            reserve.invoke(program, SAMPLES);
            float[] arena = (float[]) read(program, Program.class, "arena");
            Arrays.fill(arena, sentinel);
            model.loss(List.of(x), List.of(target), SAMPLES);
            model.model().backward();
            for (int i = 0; i < plan.arena() * SAMPLES; i++) {
                if (arena[LEAD + i] != sentinel) {
                    written.set(i);
                }
            }
        }
        return written;
    }

    private static float[] random(int n) {
        Random random = new Random(n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static Object read(Object object, String name) throws ReflectiveOperationException {
        return read(object, object.getClass(), name);
    }

    private static Object read(Object object, Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }
}
