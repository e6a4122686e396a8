package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which samples are dropped. */
class StochasticDepthTest {
    private static final int SAMPLES = 200;
    private static final int SIZE = 2 * 3 * 3;
    private static final double P = 0.25;

    private static final NetworkText NETWORK = NetworkText.of("DepthNet", "@Network(input = {2, 3, 3})", """
            @StochasticDepth(p = 0.25, mode = StochasticDepth.Mode.ROW, from = "input") @Output Layer rows;
            @StochasticDepth(p = 0.25, mode = StochasticDepth.Mode.ROW, from = "input") @Output Layer others;
            @StochasticDepth(p = 0.25, mode = StochasticDepth.Mode.BATCH, from = "input") @Output Layer batch;
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(NETWORK);

    /** For each pass and sample, whether it was kept; all elements of a sample agree. */
    private static List<boolean[]> kept(String layer, int passes, int samples, int threads) {
        GeneratedModel model =
                BUILT.network(NETWORK).create(3, Options.defaults().threads(threads));
        float[] ones = new float[samples * SIZE];
        Arrays.fill(ones, 1);
        List<boolean[]> kept = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            float[] y = model.forward(List.of(ones), samples).get(layer);
            boolean[] of = new boolean[samples];
            for (int i = 0; i < y.length; i++) {
                assertThat(y[i]).isIn(0f, (float) (1 / (1 - P)));
                of[i / SIZE] = y[i - i % SIZE] != 0;
                assertThat(y[i] != 0).isEqualTo(of[i / SIZE]);
            }
            kept.add(of);
        }
        return kept;
    }

    private static double share(List<boolean[]> kept) {
        int count = 0;
        for (boolean[] pass : kept) {
            for (boolean each : pass) {
                count += each ? 1 : 0;
            }
        }
        return (double) count / (kept.size() * kept.get(0).length);
    }

    @Test
    void rowsAreDroppedOneByOne() {
        List<boolean[]> rows = kept("rows", 20, SAMPLES, 1);
        assertThat(share(rows)).isCloseTo(1 - P, within(5 * Math.sqrt(P * (1 - P) / (20 * SAMPLES))));
        assertThat(rows.get(0)).isNotEqualTo(rows.get(1));
        assertThat(kept("others", 1, SAMPLES, 1).get(0)).isNotEqualTo(rows.get(0));
    }

    @Test
    void aBatchIsDroppedAsAWhole() {
        List<boolean[]> batches = kept("batch", 200, 3, 1);
        for (boolean[] pass : batches) {
            assertThat(pass).containsOnly(pass[0]);
        }
        assertThat(share(batches)).isCloseTo(1 - P, within(5 * Math.sqrt(P * (1 - P) / 200)));
    }

    @Test
    void aSampleIsDroppedWhateverItsBatchAndThreads() {
        for (String layer : List.of("rows", "batch")) {
            List<boolean[]> many = kept(layer, 3, SAMPLES, 1);
            List<boolean[]> threads = kept(layer, 3, SAMPLES, 4);
            List<boolean[]> few = kept(layer, 3, 5, 1);
            for (int pass = 0; pass < 3; pass++) {
                assertThat(threads.get(pass)).isEqualTo(many.get(pass));
                assertThat(few.get(pass)).isEqualTo(Arrays.copyOf(many.get(pass), 5));
            }
        }
    }

    @Test
    void predictionDropsNothing() {
        GeneratedModel model = BUILT.network(NETWORK).create(3, Options.defaults());
        float[] x = new float[4 * SIZE];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        assertThat(model.predict(List.of(x), 4).get("rows")).isEqualTo(x);
    }
}
