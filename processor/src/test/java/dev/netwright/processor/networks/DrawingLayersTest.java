package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What layers that draw do in training, in distribution. */
class DrawingLayersTest {
    private static final int CHANNELS = 20;
    private static final int EACH = 3 * 4;
    private static final int SAMPLES = 500;
    private static final int VALUES = SAMPLES * CHANNELS * EACH;
    /** Standard deviations. */
    private static final double FIVE = 5;

    private static final NetworkText NETWORK = NetworkText.of("DrawsNet", "@Network(input = {20, 3, 4})", """
            @Dropout2d(p = 0.25, from = "input") @Output Layer channels;
            @AlphaDropout(p = 0.1, from = "input") @Output Layer alpha;
            @AlphaDropout(p = 0.5, from = "input") @Output Layer half;
            @FeatureAlphaDropout(p = 0.75, from = "input") @Output Layer features;
            @RReLU(from = "input") @Output Layer slopes;
            @RReLU(lower = -0.5, upper = 1.5, from = "input") @Output Layer wide;
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(NETWORK);

    private static Map<String, float[]> trained(float[] x, int threads) {
        GeneratedModel model =
                BUILT.network(NETWORK).create(3, Options.defaults().threads(threads));
        return model.forward(List.of(x), x.length / CHANNELS / EACH);
    }

    private static float[] all(float value) {
        float[] values = new float[VALUES];
        Arrays.fill(values, value);
        return values;
    }

    private static Set<Float> distinct(float[] values) {
        Set<Float> distinct = new HashSet<>();
        for (float value : values) {
            distinct.add(value);
        }
        return distinct;
    }

    /** The share of a value, where so many elements are decided together. */
    private static void assertShare(float[] values, float value, double share, int together) {
        int count = 0;
        for (float each : values) {
            count += each == value ? 1 : 0;
        }
        double deviation = Math.sqrt(share * (1 - share) * together / values.length);
        assertThat((double) count / values.length).isCloseTo(share, within(FIVE * deviation));
    }

    private static void assertChannelsAreOneValue(float[] values) {
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(values[i - i % EACH]);
        }
    }

    @Test
    void channelsAreDroppedAsAWhole() {
        float[] y = trained(all(1), 1).get("channels");
        assertThat(distinct(y)).containsExactlyInAnyOrder(0f, (float) (1 / 0.75));
        assertChannelsAreOneValue(y);
        assertShare(y, 0, 0.25, EACH);
    }

    /** Numbers of PyTorch 1.13, of elements that are 1. */
    @Test
    void whatAlphaDropoutMakesOfOneIsWhatPyTorchDoes() {
        Map<String, float[]> y = trained(all(1), 1);
        assertPair(y.get("alpha"), -1.45773876f, 1.08325553f);
        assertPair(y.get("half"), -0.779193938f, 1.66559887f);
        assertPair(y.get("features"), -0.482573152f, 2.54566193f);
        assertShare(y.get("alpha"), largest(y.get("alpha")), 0.9, 1);
        assertShare(y.get("features"), largest(y.get("features")), 0.25, EACH);
        assertChannelsAreOneValue(y.get("features"));
    }

    private static float largest(float[] values) {
        float largest = values[0];
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static void assertPair(float[] values, float dropped, float kept) {
        List<Float> two = distinct(values).stream().sorted().toList();
        assertThat(two).hasSize(2);
        assertThat(two.get(0)).isCloseTo(dropped, within(2e-7f));
        assertThat(two.get(1)).isCloseTo(kept, within(2e-7f));
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        Random random = new Random(11);
        float[] x = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            x[i] = (float) random.nextGaussian();
        }
        Map<String, float[]> y = trained(x, 1);
        for (String layer : List.of("alpha", "half")) {
            double mean = 0;
            double squares = 0;
            for (float value : y.get(layer)) {
                mean += value / VALUES;
                squares += (double) value * value / VALUES;
            }
            assertThat(mean).as(layer).isCloseTo(0, within(FIVE / Math.sqrt(VALUES)));
            // a square's own deviation is below 2
            assertThat(squares).as(layer).isCloseTo(1, within(FIVE * 2 / Math.sqrt(VALUES)));
        }
    }

    @Test
    void slopesAreDrawnEvenlyBetweenTheirBounds() {
        Map<String, float[]> y = trained(all(-2), 1);
        assertSlopes(y.get("slopes"), 1.0 / 8, 1.0 / 3);
        assertSlopes(y.get("wide"), -0.5, 1.5);
        assertThat(trained(all(2), 1).get("slopes")).containsOnly(2f);
    }

    private static void assertSlopes(float[] y, double lower, double upper) {
        double mean = 0;
        double squares = 0;
        double middle = (lower + upper) / 2;
        for (float value : y) {
            double slope = value / -2.0;
            assertThat(slope).isBetween(lower - 1e-7, upper + 1e-7);
            mean += slope / VALUES;
            squares += (slope - middle) * (slope - middle) / VALUES;
        }
        double variance = (upper - lower) * (upper - lower) / 12;
        assertThat(mean).isCloseTo(middle, within(FIVE * Math.sqrt(variance / VALUES)));
        assertThat(squares).isCloseTo(variance, within(FIVE * variance * Math.sqrt(0.8 / VALUES)));
        assertThat(distinct(y)).hasSizeGreaterThan(VALUES / 2);
    }

    @Test
    void drawsAreTheSameWhateverTheBatchAndTheThreads() {
        Map<String, float[]> many = trained(all(-1), 1);
        Map<String, float[]> threads = trained(all(-1), 4);
        Map<String, float[]> few = trained(Arrays.copyOf(all(-1), 3 * CHANNELS * EACH), 1);
        many.forEach((layer, y) -> {
            assertThat(threads.get(layer)).as(layer).isEqualTo(y);
            assertThat(few.get(layer)).as(layer).isEqualTo(Arrays.copyOf(y, 3 * CHANNELS * EACH));
        });
        assertThat(many.get("alpha")).isNotEqualTo(many.get("half"));
    }

    @Test
    void evaluationDrawsNothing() {
        GeneratedModel model = BUILT.network(NETWORK).create(3, Options.defaults());
        float[] x = {-1, 2};
        float[] sample = new float[CHANNELS * EACH];
        Arrays.setAll(new Float[sample.length], i -> sample[i] = x[i % 2]);
        Map<String, float[]> y = model.predict(List.of(sample), 1);
        for (String layer : List.of("channels", "alpha", "half", "features")) {
            assertThat(y.get(layer)).as(layer).isEqualTo(sample);
        }
        assertThat(y.get("wide")[0]).isEqualTo(-0.5f);
        assertThat(y.get("wide")[1]).isEqualTo(2);
    }
}
