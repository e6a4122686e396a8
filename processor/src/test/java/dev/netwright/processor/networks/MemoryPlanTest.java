package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.drawn.NetworkDrawing;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory that values share changes no result, as nobody reads what another has overwritten. */
class MemoryPlanTest {
    private static final long SEED = Long.getLong("netwright.test.seed", 1);

    static List<NetworkText> networks() {
        List<NetworkText> networks = new ArrayList<>(List.of(
                NetworkText.CIFAR,
                NetworkText.CIFAR_WITH_RELU,
                NetworkText.SMALL,
                NetworkText.zoo("ResNet20"),
                NetworkText.zoo("Vgg16")));
        IntStream.range(0, 30).forEach(i -> networks.add(drawn("Random" + i, 1000 * SEED + i)));
        return networks;
    }

    private static NetworkText drawn(String name, long seed) {
        return new NetworkText("tested." + name, NetworkDrawing.draw(seed).text(name));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void noStepReadsWhatAnotherValueHasOverwritten(NetworkText network) {
        Planned planned = Planned.of(network);
        MemoryPlanVerifier.verify(
                planned.plan().inference().graph(), planned.plan().inference());
        MemoryPlanVerifier.verify(
                planned.plan().training().graph(), planned.plan().training());
    }

    @Test
    void aValuePutOverAnotherIsSeen() {
        Planned planned = Planned.of(NetworkText.SMALL);
        Graph graph = planned.plan().training().graph();
        Plan.Program program = planned.plan().training();
        int refused = 0;
        for (int i = 0; i < program.stored().size(); i++) {
            for (int j = 0; j < i; j++) {
                Plan.Program damaged = withPlaceOf(program, i, j);
                try {
                    MemoryPlanVerifier.verify(graph, damaged);
                } catch (AssertionError expected) {
                    refused++;
                }
            }
        }
        // values that are never needed together may well have the same place
        assertThat(refused).isGreaterThan(program.stored().size());
        assertThatThrownBy(() -> MemoryPlanVerifier.verify(graph, withPlaceOf(program, "relu1", "input")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("relu1");
    }

    private static Plan.Program withPlaceOf(Plan.Program program, String moved, String other) {
        List<String> names =
                program.stored().stream().map(stored -> stored.value().name()).toList();
        return withPlaceOf(program, names.indexOf(moved), names.indexOf(other));
    }

    private static Plan.Program withPlaceOf(Plan.Program p, int moved, int other) {
        List<Plan.Stored> stored = new ArrayList<>(p.stored());
        Plan.Stored victim = stored.get(moved);
        var place = victim.place();
        int base = stored.get(other).place().base();
        stored.set(
                moved,
                new Plan.Stored(
                        victim.value(),
                        new dev.netwright.processor.plan.Place(place.array(), base, place.layout(), true),
                        victim.zeroed()));
        return new Plan.Program(
                p.graph(),
                p.prepare(),
                p.steps(),
                p.outputs(),
                p.arena() * 2,
                p.scratch(),
                p.prepared(),
                p.local(),
                p.constants(),
                p.byteTables(),
                stored,
                p.statistics(),
                p.losses(),
                p.kept(),
                p.watched(),
                p.inputGradients(),
                p.microBatch());
    }
}
