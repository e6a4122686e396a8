package dev.netwright.runtime.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MersenneTwisterTest {
    private static Map<?, ?> golden(long seed) {
        return Golden.map(Golden.map(Golden.read("init_rng.json")).get(Long.toString(seed)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void drawsTheFloatsOfTorchRand(long seed) {
        float[] drawn = new float[8];
        new MersenneTwister(seed).uniform(drawn, 0, 1);
        assertThat(drawn).containsExactly(Golden.bits(golden(seed).get("rand(8)")));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void drawsTheDoublesOfTorchRand(long seed) {
        MersenneTwister generator = new MersenneTwister(seed);
        for (Object bits : Golden.list(golden(seed).get("rand(4,f64)"))) {
            assertThat(generator.nextDouble())
                    .isEqualTo(Double.longBitsToDouble(Long.parseUnsignedLong((String) bits, 16)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void drawsTheOrderOfTorchRandperm(long seed) {
        int[] expected = Golden.ints(golden(seed).get("randperm(10)"));
        assertThat(new MersenneTwister(seed).randperm(10)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void drawsTheNumbersOfTorchRandint(long seed) {
        MersenneTwister generator = new MersenneTwister(seed);
        for (int expected : Golden.ints(golden(seed).get("randint(0,10,(8,))"))) {
            assertThat(generator.nextInt(10)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void drawsTheNormalsOfTorchInBlocksAndInPairs(long seed) {
        float[] many = new float[20];
        new MersenneTwister(seed).normal(many, 0, 1);
        float[] few = new float[5];
        new MersenneTwister(seed).normal(few, 0, 1);
        assertThat(many).containsExactly(Golden.floats(golden(seed).get("normal_(20) approx 1e-6")), within(1e-6f));
        assertThat(few).containsExactly(Golden.floats(golden(seed).get("normal_(5) approx 1e-7")), within(2e-7f));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void givesTheOrderOfTheDataLoader(long seed) {
        MersenneTwister generator = new MersenneTwister(seed);
        for (Object epoch : Golden.list(golden(seed).get("DataLoader(10,batch=4,shuffle) epochs 1,2"))) {
            generator.nextLong();
            int[] order = new MersenneTwister(generator.nextLong()).randperm(10);
            int[] expected = ((List<?>) epoch)
                    .stream()
                            .flatMapToInt(batch -> Arrays.stream(Golden.ints(batch)))
                            .toArray();
            assertThat(order).containsExactly(expected);
        }
    }

    @Test
    void continuesFromItsState() {
        MersenneTwister original = new MersenneTwister(7);
        original.normal(new float[3], 0, 1);
        MersenneTwister restored = MersenneTwister.ofState(original.state());
        float[] expected = new float[9];
        float[] actual = new float[9];
        original.normal(expected, 0, 1);
        restored.normal(actual, 0, 1);
        assertThat(actual).containsExactly(expected);
        assertThat(restored.state()).containsExactly(original.state());
    }

    @Test
    void refusesStatesAndBoundsThatCannotBe() {
        assertThatThrownBy(() -> MersenneTwister.ofState(new int[5])).hasMessageContaining("but this one has 5");
        int[] state = new MersenneTwister(0).state();
        state[624] = 625;
        assertThatThrownBy(() -> MersenneTwister.ofState(state)).hasMessageContaining("but is 625");
        assertThatThrownBy(() -> new MersenneTwister(0).nextInt(0)).hasMessageContaining("but is 0");
        assertThatThrownBy(() -> new MersenneTwister(0).randperm(-1)).hasMessageContaining("-1");
    }
}
