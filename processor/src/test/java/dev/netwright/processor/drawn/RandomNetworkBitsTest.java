package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.PlanningProcessor;
import dev.netwright.processor.PlanningProcessor.Outcome;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.operators.Dice;
import dev.netwright.processor.operators.Numbers;
import dev.netwright.runtime.Options;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random networks have the same bits with vector kernels and four threads as with scalar kernels and one. */
class RandomNetworkBitsTest {
    private static final int NETWORKS = Integer.getInteger("netwright.test.networks", 60);
    private static final float RATE = 0x1p-6f;
    private static final int[] BITS = {512, 256, 128, CompiledNetworks.NEON, CompiledNetworks.SVE};

    private static final Map<String, DrawnNetwork> DRAWN = new LinkedHashMap<>();
    private static final Map<String, Outcome> OUTCOMES = new HashMap<>();
    private static CompiledNetworks compiled;

    static List<String> networks() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (int i = 0; i < NETWORKS; i++) {
            String name = "Bits" + i;
            DRAWN.put(name, NetworkDrawing.draw(Dice.SEED * 1009 + i));
            sources.put(name, DRAWN.get(name).text(name));
        }
        compiled = CompiledNetworks.of(sources, PlanningProcessor.of(OUTCOMES::put), new HashMap<>(), List.of());
        return List.copyOf(DRAWN.keySet());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void areTheSame(String name) {
        Outcome outcome = OUTCOMES.get(NetworkSource.PACKAGE + "." + name + "Model");
        DrawnNetwork network = DRAWN.get(name);
        Numbers numbers =
                Numbers.draw(outcome.network(), Math.min(4, network.samples()), 1, new Dice(network.numbers()));
        Map<String, float[]> scalar = run(name, CompiledNetworks.SCALAR, 1, numbers);
        int bits = BITS[Math.floorMod(network.numbers(), BITS.length)];
        run(name, bits, 4, numbers)
                .forEach((what, got) -> assertThat(got)
                        .as(what + " with " + bits + " bits and four threads\n" + network.text(name))
                        .usingComparator((a, b) -> java.util.Arrays.equals(a, b) ? 0 : 1)
                        .isEqualTo(scalar.get(what)));
    }

    private static Map<String, float[]> run(String name, int bits, int threads, Numbers numbers) {
        Outcome outcome = OUTCOMES.get(NetworkSource.PACKAGE + "." + name + "Model");
        Options options = Options.defaults().threads(threads).predictionThreads(threads);
        var network = compiled.network(name, bits);
        var model = new dev.netwright.processor.generated.GeneratedNetwork(outcome.network(), network.type())
                .create(1, options);
        return ModelRun.of(DRAWN.get(name), model, outcome.plan(), numbers, RATE)
                .values();
    }
}
