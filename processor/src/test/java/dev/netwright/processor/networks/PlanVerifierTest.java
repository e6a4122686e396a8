package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.drawn.NetworkDrawing;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Nest;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.PlanVerifier;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Strides;
import dev.netwright.processor.plan.SumLoop;
import dev.netwright.processor.plan.Tile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans hold what the verifier asks of them, and it sees what does not. */
class PlanVerifierTest {
    private static final long SEED = Long.getLong("netwright.test.seed", 1);

    /** Whose borders share memory with other values, and are cleared therefore. */
    private static final Planned CIFAR = Planned.of(NetworkText.CIFAR_WITH_RELU);

    private static final Planned SMALL = Planned.of(NetworkText.SMALL);

    static List<NetworkText> networks() {
        List<NetworkText> networks = new ArrayList<>(List.of(
                NetworkText.CIFAR,
                NetworkText.LENET,
                NetworkText.MLP,
                NetworkText.zoo("ResNet18", 3, 224, 224),
                NetworkText.zoo("ResNet20", 3, 32, 32),
                NetworkText.zoo("Vgg16", 3, 224, 224)));
        IntStream.range(0, 60).forEach(i -> networks.add(drawn("Random" + i, 1000 * SEED + i)));
        return networks;
    }

    private static NetworkText drawn(String name, long seed) {
        return new NetworkText("tested." + name, NetworkDrawing.draw(seed).text(name));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void accepts(NetworkText network) {
        Planned planned = Planned.of(network);
        assertThat(refused(planned, planned.plan().inference())).isNull();
        assertThat(refused(planned, planned.plan().training().orElseThrow())).isNull();
    }

    @Test
    void aBorderThatIsNotCleared() {
        Plan.Program program = CIFAR.plan().inference();
        List<Step> borders = program.steps().stream()
                .filter(step -> step.kernel() instanceof Kernel.ClearBorder)
                .toList();
        assertThat(borders).isNotEmpty();
        for (Step border : borders) {
            assertThat(refused(CIFAR, without(program, border)))
                    .contains("plan of mutated")
                    .contains("of the border, which is not zero");
        }
    }

    @Test
    void aBorderThatReliesOnZerosInMemoryOfOthers() {
        Plan.Program program = CIFAR.plan().inference();
        List<Plan.Stored> relying = program.stored().stream()
                .map(stored -> new Plan.Stored(stored.value(), stored.place(), true))
                .toList();
        assertThat(refused(CIFAR, with(program, program.steps(), relying))).contains("relies on zeros");
    }

    @Test
    void aBorderThatNothingMakesZero() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        List<Plan.Stored> unknown = program.stored().stream()
                .map(stored -> new Plan.Stored(stored.value(), stored.place(), false))
                .toList();
        assertThat(refused(SMALL, with(program, program.steps(), unknown)))
                .contains("of the border, which is not zero");
    }

    /** All but what is added to a gradient, which the next step of the optimizer reads. */
    @Test
    void aStepThatIsMissing() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        List<String> unseen = new ArrayList<>();
        for (Step step : program.steps()) {
            boolean toGradients = step.operands().stream().anyMatch(place -> place.array() == Array.GRADIENTS);
            if (!toGradients && refused(SMALL, without(program, step)) == null) {
                unseen.add(step.name());
            }
        }
        assertThat(unseen).isEmpty();
    }

    @Test
    void aStepThatComesTooLate() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        Step first = program.steps().get(1);
        List<Step> steps = new ArrayList<>(program.steps());
        steps.remove(first);
        steps.add(first);
        assertThat(refused(SMALL, with(program, steps, program.stored())))
                .contains("reads memory that nothing has written");
    }

    @Test
    void aValuePutOverAnother() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        int refused = 0;
        for (int i = 0; i < program.stored().size(); i++) {
            for (int j = 0; j < i; j++) {
                refused += refused(SMALL, moved(program, i, j)) == null ? 0 : 1;
            }
        }
        // values that are never needed together may well have the same place
        assertThat(refused).isGreaterThan(program.stored().size());
        List<String> names =
                program.stored().stream().map(stored -> stored.value().name()).toList();
        assertThat(refused(SMALL, moved(program, names.indexOf("relu1"), names.indexOf("input"))))
                .contains("relu1");
    }

    @Test
    void anOperandElsewhere() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        for (Step step : program.steps()) {
            if (step.operands().get(0).array() == Array.ARENA) {
                Place place = step.operands().get(0);
                Place shifted = new Place(place.array(), place.base() + Layout.LANES, place.layout(), true);
                assertThat(refused(SMALL, replaced(program, step, withOperand(step, 0, shifted))))
                        .as(step.name())
                        .isNotNull();
            }
        }
    }

    @Test
    void floatsBeforeOrBehindAValue() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        Step tile = step(program, Tile.class);
        for (int shift : new int[] {-4096, 4096}) {
            Place place = tile.operands().get(0).shifted(shift);
            assertThat(refused(SMALL, replaced(program, tile, withOperand(tile, 0, place))))
                    .contains(tile.name())
                    .contains("operand a")
                    .contains("reaches from float");
        }
    }

    @Test
    void aPlaceTooMany() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        Step step = step(program, Tile.class);
        List<Place> places = new ArrayList<>(step.operands());
        places.add(places.get(0));
        Step changed = changed(step, step.kernel(), places);
        assertThat(refused(SMALL, replaced(program, step, changed)))
                .contains("has " + places.size() + " places for " + (places.size() - 1) + " operands");
    }

    @Test
    void samplesThatAreTooFarApart() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        Step step = step(program, Kernel.Elementwise.class);
        Kernel.Elementwise kernel = (Kernel.Elementwise) step.kernel();
        List<Integer> strides = new ArrayList<>(kernel.sampleStrides());
        strides.set(1, strides.get(1) + Layout.LANES);
        Kernel changed = new Kernel.Elementwise(kernel.loops(), strides, kernel.expr(), kernel.accumulate());
        assertThat(refused(SMALL, replaced(program, step, withKernel(step, changed))))
                .contains("to the next");
    }

    @Test
    void rowsAndColumnsExchanged() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        int exchanged = 0;
        for (Step step : program.steps()) {
            if (step.kernel() instanceof Kernel.Elementwise kernel
                    && kernel.loops().loops().size() > 1
                    && !exchanged(kernel.loops()).equals(kernel.loops())) {
                Kernel changed = new Kernel.Elementwise(
                        exchanged(kernel.loops()), kernel.sampleStrides(), kernel.expr(), kernel.accumulate());
                assertThat(refused(SMALL, replaced(program, step, withKernel(step, changed))))
                        .as(step.name())
                        .isNotNull();
                exchanged++;
            }
        }
        assertThat(exchanged).isPositive();
    }

    /** The last operand goes along the two outermost loops the other way round. */
    private static Nest exchanged(Nest nest) {
        List<Nest.Loop> loops = new ArrayList<>(nest.loops());
        int last = loops.get(0).strides().size() - 1;
        loops.set(0, withStride(loops.get(0), last, nest.loops().get(1).stride(last)));
        loops.set(1, withStride(loops.get(1), last, nest.loops().get(0).stride(last)));
        return new Nest(loops);
    }

    private static Nest.Loop withStride(Nest.Loop loop, int operand, int stride) {
        List<Integer> strides = new ArrayList<>(loop.strides());
        strides.set(operand, stride);
        return new Nest.Loop(loop.count(), strides);
    }

    @Test
    void rowsAndColumnsOfAConvolutionExchanged() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        Step step = step(program, Tile.class);
        Tile tile = (Tile) step.kernel();
        Strides a = tile.a();
        Strides changed =
                new Strides(a.sample(), a.block(), List.of(a.column()), a.rows().get(0));
        Kernel exchanged = withSumAndSource(tile, tile.sum().loops(), changed);
        assertThat(refused(SMALL, replaced(program, step, withKernel(step, exchanged))))
                .contains("operand a is not gone through along its rows and columns");
    }

    @Test
    void axesOfAPlaceExchanged() {
        Plan.Program program = SMALL.plan().training().orElseThrow();
        Step step = step(program, Kernel.Elementwise.class);
        for (int i = 0; i < step.operands().size(); i++) {
            Place place = step.operands().get(i);
            if (place.layout().dimensions().size() == 3 && place.array() == Array.ARENA) {
                List<List<Axis>> axes = new ArrayList<>(place.layout().dimensions());
                Collections.swap(axes, 1, 2);
                Layout layout = place.layout();
                Place other = place.with(new Layout(axes, layout.offset(), layout.size(), layout.lanes()));
                assertThat(refused(SMALL, replaced(program, step, withOperand(step, i, other))))
                        .as("operand " + i)
                        .isNotNull();
            }
        }
    }

    @Test
    void aSumOverPaddingLanes() {
        Planned planned = Planned.of(NetworkText.of(
                "SoftmaxNet",
                "@Network(input = 7)",
                "@Linear(outFeatures = 5) Layer fc;\n@Softmax(dim = -1) Layer softmax;\n"));
        Plan.Program program = planned.plan().inference();
        Step step = step(program, Kernel.Reduction.class);
        Kernel.Reduction kernel = (Kernel.Reduction) step.kernel();
        Nest.Loop loop = kernel.reduced().loops().get(0);
        Nest wide = new Nest(List.of(new Nest.Loop(Layout.LANES, loop.strides())));
        Kernel changed = new Kernel.Reduction(
                kernel.kept(),
                wide,
                kernel.parts(),
                kernel.sampleStrides(),
                kernel.kind(),
                kernel.expr(),
                kernel.divisor());
        assertThat(refused(planned, replaced(program, step, withKernel(step, changed))))
                .contains("goes through its operands by");
    }

    @Test
    void aConvolutionOverPaddingLanes() {
        Planned planned = Planned.of(NetworkText.LENET);
        Plan.Program program = planned.plan().inference();
        Step step = program.steps().stream()
                .filter(each -> each.kernel() instanceof Tile && each.name().equals("conv2"))
                .findFirst()
                .orElseThrow();
        Tile tile = (Tile) step.kernel();
        List<SumLoop> sum = tile.sum().loops().stream()
                .map(loop -> loop.a() == 1 ? new SumLoop(Layout.LANES, 1, loop.b()) : loop)
                .toList();
        Kernel changed = withSumAndSource(tile, sum, tile.a());
        assertThat(refused(planned, replaced(program, step, withKernel(step, changed))))
                .contains("reads padding lanes as if they were elements");
    }

    @Test
    void namesWhatIsWrong() {
        Plan.Program program = SMALL.plan().inference();
        Step step = step(program, Tile.class);
        assertThatThrownBy(() -> PlanVerifier.verify(
                        "inference",
                        SMALL.plan().parameters(),
                        without(program, program.steps().get(0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("plan of inference")
                .hasMessageContaining("step")
                .hasMessageContaining("operand");
        assertThat(step.phase()).isEqualTo(Node.Phase.FORWARD);
    }

    private static Kernel withSumAndSource(Tile tile, List<SumLoop> loops, Strides a) {
        Tile.Sum sum = tile.sum();
        return new Tile(
                tile.extent(),
                tile.samples(),
                tile.bands(),
                new Tile.Sum(loops, a, sum.b(), sum.start(), sum.sharing(), sum.lanewise()),
                tile.store());
    }

    private static String refused(Planned planned, Plan.Program program) {
        try {
            PlanVerifier.verify("mutated", planned.plan().parameters(), program);
            return null;
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    private static Step step(Plan.Program program, Class<? extends Kernel> kernel) {
        return program.steps().stream()
                .filter(step -> kernel.isInstance(step.kernel()))
                .findFirst()
                .orElseThrow();
    }

    private static Step withKernel(Step step, Kernel kernel) {
        return changed(step, kernel, step.operands());
    }

    private static Step withOperand(Step step, int index, Place place) {
        List<Place> operands = new ArrayList<>(step.operands());
        operands.set(index, place);
        return changed(step, step.kernel(), operands);
    }

    private static Step changed(Step step, Kernel kernel, List<Place> operands) {
        return new Step(
                step.name(),
                step.comment(),
                kernel,
                step.decision(),
                operands,
                step.contents(),
                step.work(),
                step.node());
    }

    private static Plan.Program without(Plan.Program program, Step step) {
        return with(
                program, program.steps().stream().filter(other -> other != step).toList(), program.stored());
    }

    private static Plan.Program replaced(Plan.Program program, Step step, Step other) {
        return with(
                program,
                program.steps().stream()
                        .map(each -> each == step ? other : each)
                        .toList(),
                program.stored());
    }

    /** One value is where another is, everywhere. */
    private static Plan.Program moved(Plan.Program program, int moved, int other) {
        Place from = program.stored().get(moved).place();
        int base = program.stored().get(other).place().base();
        UnaryOperator<Place> move = place -> place.array() == Array.ARENA
                        && place.base() == from.base()
                        && place.layout().size() == from.layout().size()
                ? new Place(place.array(), base, place.layout(), true)
                : place;
        List<Step> steps = program.steps().stream()
                .map(step -> changed(
                        step, step.kernel(), step.operands().stream().map(move).toList()))
                .toList();
        List<Plan.Stored> stored = program.stored().stream()
                .map(each -> new Plan.Stored(each.value(), move.apply(each.place()), each.zeroed()))
                .toList();
        return with(program, steps, stored);
    }

    private static Plan.Program with(Plan.Program p, List<Step> steps, List<Plan.Stored> stored) {
        return new Plan.Program(
                p.graph(),
                p.prepare(),
                steps,
                p.outputs(),
                p.schedule(),
                p.arena() * 2,
                p.scratch(),
                p.prepared(),
                p.local(),
                p.constants(),
                p.byteTables(),
                stored,
                p.spans(),
                p.statistics(),
                p.losses(),
                p.kept(),
                p.watched(),
                p.inputGradients(),
                p.microBatch());
    }
}
