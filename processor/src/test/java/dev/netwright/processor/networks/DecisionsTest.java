package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.plan.Kernel.Called;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Schedule;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.TileShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was chosen is told by whoever chose it, with the reason, and is what the plan has. */
class DecisionsTest {
    private static final Planned CIFAR = Planned.of(NetworkText.CIFAR);

    private static List<Decision> of(Graph graph, Topic topic) {
        return graph.decisions().stream()
                .filter(decision -> decision.topic() == topic)
                .toList();
    }

    private static Plan.Program training() {
        return CIFAR.plan().training().orElseThrow();
    }

    @Test
    void eachConvolutionHasItsAlgorithm() {
        List<String> chosen = new ArrayList<>();
        for (Node node : training().graph().nodes()) {
            if (Primitive.Fused.anchor(node) instanceof Primitive.Convolving convolving) {
                chosen.add(node.name() + " " + node.phase()
                        + (convolving.form() == null ? " direct sums" : " Winograd " + convolving.form()));
            }
        }

        assertThat(of(training().graph(), Topic.ALGORITHM))
                .extracting(decision -> decision.subject() + " " + decision.phase() + " " + decision.choice())
                .containsAll(chosen);
        assertThat(chosen).isNotEmpty();
        assertThat(of(CIFAR.plan().inference().graph(), Topic.ALGORITHM))
                .filteredOn(decision -> decision.subject().equals("conv1"))
                .singleElement()
                .satisfies(conv -> assertThat(conv.choice()).isEqualTo("direct sums"))
                .satisfies(conv -> assertThat(conv.reason()).contains("With 3 channels on one side"));
    }

    @Test
    void aGradientBehindAPoolIsSparseWhereItsSumsAreFewer() {
        List<String> sparse = training().graph().nodes().stream()
                .filter(node -> node.operator() instanceof Primitive.SparseWeightGradient)
                .map(Node::name)
                .toList();

        assertThat(sparse).isNotEmpty();
        assertThat(of(training().graph(), Topic.SPARSITY))
                .filteredOn(decision -> decision.choice().equals("sparse weight gradient"))
                .extracting(Decision::subject)
                .containsExactlyElementsOf(sparse);
    }

    @Test
    void whatAKernelAppliesWasDecidedByThePass() {
        List<String> pools = training().graph().nodes().stream()
                .filter(node -> node.operator() instanceof Primitive.Fused fused && fused.pool() != null)
                .map(node -> node.output().name())
                .toList();

        assertThat(pools).isNotEmpty();
        assertThat(of(training().graph(), Topic.FUSION))
                .filteredOn(decision -> decision.choice().equals("applied by the kernel before it"))
                .extracting(Decision::subject)
                .containsAll(pools);
    }

    @Test
    void eachTileHasItsShapesAndItsRows() {
        List<String> tiles = training().steps().stream()
                .flatMap(step -> Stream.concat(
                        Stream.of(step.kernel()), step.kernel().calls().stream().map(Called::kernel)))
                .filter(Tile.class::isInstance)
                .map(Tile.class::cast)
                .flatMap(tile ->
                        tile.extent().isEven() ? Stream.of(tile.shapes()) : Stream.of(tile.shapes(), tile.lastShapes()))
                .map(TileShapes::reason)
                .toList();

        assertThat(of(training().graph(), Topic.TILE))
                .extracting(Decision::reason)
                .containsExactlyInAnyOrderElementsOf(tiles);
    }

    @Test
    void eachStepHasItsThreads() {
        for (Plan.Program program : List.of(CIFAR.plan().inference(), training())) {
            List<String> told = of(program.graph(), Topic.THREADS).stream()
                    .map(decision -> decision.subject() + " " + decision.phase() + ": " + decision.reason())
                    .toList();
            Schedule schedule = program.schedule();
            List<String> steps = Stream.of(
                            schedule.prepare(),
                            schedule.forward(),
                            schedule.outputs(),
                            schedule.losses(),
                            schedule.backward())
                    .flatMap(List::stream)
                    .flatMap(stretch -> stretch.steps().stream()
                            .map(step -> step.name() + " " + step.phase() + ": " + stretch.reason()))
                    .distinct()
                    .toList();

            assertThat(told).containsExactlyElementsOf(steps);
        }
        assertThat(of(training().graph(), Topic.THREADS))
                .filteredOn(decision -> decision.subject().equals("fc2") && decision.phase() == Node.Phase.FORWARD)
                .extracting(Decision::choice)
                .containsExactly("a thread for 65 samples");
    }

    @Test
    void eachTileOfAWeightGradientHasItsBands() {
        NetworkText text = NetworkText.of("Convs", "@Network(input = {3, 12, 12})", """
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv1;
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv2;
                """);
        Plan.Program training = Planned.of(text).plan().training().orElseThrow();
        List<String> banded = training.steps().stream()
                .filter(step -> step.kernel() instanceof Tile tile && tile.bands() != null)
                .map(step -> step.node().name())
                .distinct()
                .toList();

        assertThat(banded).isNotEmpty();
        assertThat(of(training.graph(), Topic.BANDS))
                .filteredOn(decision -> decision.choice().equals("bands of 6 x 12"))
                .extracting(Decision::subject)
                .containsExactlyElementsOf(banded);
    }

    @Test
    void sumsOfShortRowsAndWhatReadsThemGoOverABlockOfRows() {
        Graph shortRows = normalised(64);
        assertThat(of(shortRows, Topic.ROWS))
                .filteredOn(decision -> decision.phase() == Node.Phase.FORWARD)
                .extracting(Decision::choice)
                .allMatch(choice -> choice.matches("blocks of 12 rows for \\d passes"))
                .isNotEmpty();
        assertThat(of(normalised(512), Topic.ROWS))
                .extracting(Decision::choice, Decision::reason)
                .allMatch(told -> told.toString().contains("all rows, pass by pass")
                        && told.toString().contains("longer than 256 elements"))
                .isNotEmpty();
    }

    private static Graph normalised(int features) {
        NetworkText text = NetworkText.of(
                "Rows",
                "@Network(input = {12, " + features + "})",
                "@LayerNorm(normalizedShape = " + features + ") Layer norm;");
        return Planned.of(text).plan().inference().graph();
    }

    @Test
    void eachReasonIsASentence() {
        List<Decision> all = new ArrayList<>(training().graph().decisions());
        all.addAll(CIFAR.plan().inference().graph().decisions());

        assertThat(all).allSatisfy(decision -> assertThat(decision.reason()).matches("[A-Z0-9].*[.]"));
        assertThat(all).extracting(Decision::topic).contains(Topic.LAYOUT, Topic.KERNEL, Topic.THREADS, Topic.MEMORY);
    }

    @Test
    void nobodysMemoryIsSomebodyElsesAtTheSameMoment() {
        List<Plan.Span> spans = training().spans();

        assertThat(spans).isNotEmpty();
        for (Plan.Span a : spans) {
            assertThat(a.first()).isLessThanOrEqualTo(a.last());
            for (Plan.Span b : spans) {
                boolean apart = a == b
                        || a.array() != b.array()
                        || a.last() < b.first()
                        || b.last() < a.first()
                        || a.offset() + a.size() <= b.offset()
                        || b.offset() + b.size() <= a.offset();
                assertThat(apart).as("%s and %s", a, b).isTrue();
            }
        }
    }
}
