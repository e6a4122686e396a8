package dev.netwright.runtime.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.testing.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialTest {
    private static Map<?, ?> golden(long seed) {
        return Golden.map(Golden.map(Golden.read("init_rng.json")).get(Long.toString(seed)));
    }

    private static void check(long seed, String layer, int[] weightShape, int fanIn, StorageLayout layout) {
        StorageLayout bias = StorageLayout.vector(weightShape[0]);
        Parameters parameters = new Parameters(List.of(
                ParameterSpec.parameter("weight", weightShape, bias.size(), layout, Initial.kaimingUniform(fanIn)),
                ParameterSpec.parameter("bias", new int[] {weightShape[0]}, 0, bias, Initial.uniformFanIn(fanIn))));
        parameters.initialize(seed);
        Map<?, ?> expected = Golden.map(golden(seed).get(layer));
        assertThat(parameters.get("weight").toArray()).containsExactly(Golden.bits(expected.get("weight")));
        assertThat(parameters.get("bias").toArray()).containsExactly(Golden.bits(expected.get("bias")));
    }

    /** Storage of blocks is filled a block of outputs at a time. */
    @Test
    void theOrderOfStorageDoesNotChangeWhatIsDrawn() {
        StorageLayout layout = StorageLayout.blocked(21, 16, new int[] {3, 7}, new int[] {1, 3});
        for (Initial initial : List.of(
                Initial.uniform(-1, 2), Initial.normal(1, 2), Initial.constant(3), Initial.kaimingUniform(21))) {
            Parameters parameters = new Parameters(
                    List.of(ParameterSpec.parameter("weight", new int[] {21, 7, 3}, 0, layout, initial)));
            parameters.initialize(7);
            float[] whole = new float[21 * 21];
            initial.fill(whole, new MersenneTwister(7));
            assertThat(parameters.get("weight").toArray())
                    .as(initial.toString())
                    .containsExactly(whole);
            assertThat(initial.isDivisible()).isEqualTo(!initial.toString().startsWith("normal"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void linearStartsWithTheBitsOfPyTorch(long seed) {
        check(seed, "Linear(7,5)", new int[] {5, 7}, 7, StorageLayout.blocked(5, 16, new int[] {7}, new int[] {1}));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void convolutionStartsWithTheBitsOfPyTorchInChannelsLastStorage(long seed) {
        StorageLayout layout = StorageLayout.blocked(4, 16, new int[] {5, 5, 3}, new int[] {5, 1, 25});
        check(seed, "Conv2d(3,4,5)", new int[] {4, 3, 5, 5}, 75, layout);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void xavierAndKaimingGiveTheBitsOfPyTorch(long seed) {
        float[] drawn = new float[24];
        Initial.xavierUniform(6, 4, 1).fill(drawn, new MersenneTwister(seed));
        assertThat(drawn).containsExactly(Golden.bits(golden(seed).get("xavier_uniform_(4,6)")));
        Initial.kaimingUniform(4, Math.sqrt(2)).fill(drawn, new MersenneTwister(seed));
        assertThat(drawn).containsExactly(Golden.bits(golden(seed).get("kaiming_uniform_(4,6,relu,fan_out)")));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void bilinearIsUniformWithinItsFirstFanIn(long seed) {
        Map<?, ?> expected = Golden.map(golden(seed).get("Bilinear(2,3,4)"));
        MersenneTwister generator = new MersenneTwister(seed);
        float[] weight = new float[24];
        float[] bias = new float[4];
        Initial.uniformFanIn(2).fill(weight, generator);
        Initial.uniformFanIn(2).fill(bias, generator);
        assertThat(weight).containsExactly(Golden.bits(expected.get("weight")));
        assertThat(bias).containsExactly(Golden.bits(expected.get("bias")));
    }

    @Test
    void refusesAFanBelowOne() {
        assertThatThrownBy(() -> Initial.kaimingUniform(0)).hasMessage("The fan must be at least 1, but is 0.");
    }
}
