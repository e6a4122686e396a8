package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FunctionalTest {
    private static final Tensor IMAGE = Tensor.of(
            new float[] {1, 2, 0, 3, 1, 0, 1, 2, 3, 1, 1, 2, 1, 0, 0, 5, 2, 3, 1, 1, 2, 1, 0, 1, 1}, 1, 1, 5, 5);
    private static final Tensor KERNEL = Tensor.of(new float[] {1, 2, 1, 0, 1, 0, 2, 1, 0}, 1, 1, 3, 3);

    private static final Tensor SEQUENCE = Tensor.of(new float[] {1, -2, 3, 0, 0.5f, 2, -1, 4}, 1, 2, 4);

    @Test
    void convolvesWithStrideOne() {
        assertThat(Functional.conv2d(IMAGE, KERNEL))
                .isEqualTo(Tensor.of(new float[] {10, 12, 12, 18, 16, 16, 13, 9, 3}, 1, 1, 3, 3));
    }

    @Test
    void convolvesWithStrideTwo() {
        assertThat(Functional.conv2d(IMAGE, KERNEL, null, 2, 0))
                .isEqualTo(Tensor.of(new float[] {10, 12, 13, 3}, 1, 1, 2, 2));
    }

    @Test
    void convolvesWithPadding() {
        float[] result = Functional.conv2d(IMAGE, KERNEL, null, 1, 1).toArray();
        assertThat(result).startsWith(1, 3, 4, 10, 8).endsWith(14, 13, 9, 7, 4).hasSize(25);
    }

    @Test
    void convolvesWithDilationGroupsAndBias() {
        Tensor input = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 0, 0, 0, 1, 0, 0, 0, 1}, 1, 2, 3, 3);
        Tensor weight = Tensor.of(new float[] {1, 10, 100, 1000, 1, 1, 1, 1}, 2, 1, 2, 2);
        Tensor bias = Tensor.of(new float[] {0.5f, -1}, 2);
        assertThat(Functional.conv2d(input, weight, bias, 1, 0, 2, 2))
                .isEqualTo(Tensor.of(new float[] {9731.5f, 1}, 1, 2, 1, 1));
    }

    @Test
    void pools() {
        assertThat(Functional.maxPool2d(IMAGE, 2).toArray()).containsExactly(2, 3, 5, 3);
        assertThat(Functional.avgPool2d(IMAGE, 2).toArray()).containsExactly(1, 2, 2.5f, 1.25f);
        assertThat(Functional.maxPool2d(IMAGE, 3, 2, 1).toArray()).containsExactly(2, 3, 3, 5, 3, 3, 5, 3, 1);
        assertThat(Functional.avgPool2d(IMAGE, 3, 2, 1).toArray()).startsWith(4 / 9f, 11 / 9f, 8 / 9f);
    }

    /** Cells that are their own places. */
    private static Tensor places(int... shape) {
        float[] places = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        return Tensor.of(places, shape);
    }

    @Test
    void poolsWindowsThatBeginWhereSamplesSay() {
        // PyTorch's, by _random_samples
        assertThat(Functional.fractionalMaxPool2d(
                        places(1, 1, 1, 20),
                        new int[] {1},
                        new int[] {1, 7},
                        Tensor.of(new float[] {0.9f, 0}, 1, 1, 2)))
                .isEqualTo(Tensor.of(new float[] {0, 4, 7, 10, 13, 16, 19}, 1, 1, 1, 7));
        assertThat(Functional.fractionalMaxPool2d(
                        places(1, 1, 1, 20),
                        new int[] {1},
                        new int[] {1, 7},
                        Tensor.of(new float[] {0, 0.9f}, 1, 1, 2)))
                .isEqualTo(Tensor.of(new float[] {0, 3, 6, 9, 12, 15, 19}, 1, 1, 1, 7));
        Tensor samples = Tensor.of(new float[] {0.875f, 0.5f, 0.25f}, 1, 1, 3);
        assertThat(Functional.fractionalMaxPool3d(places(1, 1, 4, 3, 3), new int[] {2, 1, 1}, new int[] {2}, samples)
                        .toArray())
                .containsExactly(9, 11, 15, 17, 27, 29, 33, 35);
    }

    @Test
    void windowsThatDoNotFitTheirSamplesAreRefused() {
        Tensor samples = Tensor.of(new float[] {0.5f, 0.5f}, 1, 1, 2);
        assertThatThrownBy(() ->
                        Functional.fractionalMaxPool2d(IMAGE, new int[] {3}, new int[] {3}, Tensor.of(new float[3], 3)))
                .hasMessage("fractionalMaxPool2d needs samples [1, 1, 2], but has [3].");
        assertThatThrownBy(() -> Functional.fractionalMaxPool2d(IMAGE, new int[] {3}, new int[] {3, 4}, samples))
                .hasMessage(
                        "fractionalMaxPool2d: of 5 cells there are at most 3 windows of 3, but the output size is 4.");
        assertThatThrownBy(() -> Functional.fractionalMaxPool2d(
                        IMAGE, new int[] {3}, new int[] {3}, Tensor.of(new float[] {0, 1}, 1, 1, 2)))
                .hasMessage("fractionalMaxPool2d: a sample is 1.0, but must be at least 0 and below 1.");
        assertThatThrownBy(() -> Functional.fractionalMaxPool2d(IMAGE, new int[] {1, 2, 3}, new int[] {3}, samples))
                .hasMessage("fractionalMaxPool2d needs one kernel size for all axes or 2, but has [1, 2, 3].");
    }

    @Test
    void multipliesByATransposedWeight() {
        Tensor input = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
        Tensor weight = Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);
        assertThat(Functional.linear(input, weight, Tensor.of(new float[] {0, 10, 20}, 3)))
                .isEqualTo(Tensor.of(new float[] {1, 12, 23, 3, 14, 27}, 2, 3));
    }

    @Test
    void activatesEveryElementAndKeepsNaN() {
        Tensor x = Tensor.of(new float[] {-1, 0, 2, Float.NaN}, 4);
        assertThat(Functional.relu(x).toArray()).containsExactly(0, 0, 2, Float.NaN);
        assertThat(Functional.sigmoid(x).toArray())
                .containsExactly(new float[] {0.26894143f, 0.5f, 0.880797f, Float.NaN}, within(1e-7f));
        assertThat(Functional.tanh(x).toArray())
                .containsExactly(new float[] {-0.7615942f, 0, 0.9640276f, Float.NaN}, within(1e-7f));
    }

    /** Numbers of PyTorch's functions in double. */
    @Test
    void activationsAreThoseOfPyTorch() {
        isOf(x -> Functional.celu(x, 0.5), -0.5, -0.43233236, -0.19673467, 0, 0.5, 2, 30);
        isOf(x -> Functional.elu(x, 1.5), -1.5, -0.94818084, -0.33179883, 0, 0.5, 2, 30);
        isOf(x -> Functional.hardshrink(x, 0.5), -25, -1, 0, 0, 0, 2, 30);
        isOf(x -> Functional.hardtanh(x, -0.5, 1.5), -0.5, -0.5, -0.25, 0, 0.5, 1.5, 1.5);
        isOf(
                Functional::logSigmoid,
                -25,
                -1.3132617,
                -0.82593942,
                -0.69314718,
                -0.47407698,
                -0.12692801,
                -9.357623e-14);
        isOf(Functional::mish, -3.471986e-10, -0.30340146, -0.12992696, 0, 0.37524521, 1.943959, 30);
        isOf(Functional::selu, -1.7580993, -1.1113307, -0.3888902, 0, 0.52535049, 2.101402, 31.52103);
        isOf(
                x -> Functional.softplus(x, 2, 20),
                9.6437492e-23,
                0.063464006,
                0.23703849,
                0.34657359,
                0.65663084,
                2.009075,
                30);
        isOf(Functional::relu6, 0, 0, 0, 0, 0.5, 2, 6);
        isOf(x -> Functional.leakyRelu(x, 0.1), -2.5, -0.1, -0.025, 0, 0.5, 2, 30);
        isOf(Functional::silu, -3.471986e-10, -0.26894142, -0.10945587, 0, 0.31122967, 1.7615942, 30);
        isOf(x -> Functional.gelu(x, "none"), 0, -0.15865525, -0.10032342, 0, 0.34573123, 1.9544997, 30);
        isOf(x -> Functional.gelu(x, "tanh"), 0, -0.15880801, -0.10032465, 0, 0.34571401, 1.9545977, 30);
        isOf(Functional::hardsigmoid, 0, 0.33333333, 0.45833333, 0.5, 0.58333333, 0.83333333, 1);
        isOf(Functional::hardswish, 0, -0.33333333, -0.11458333, 0, 0.29166667, 1.6666667, 30);
        isOf(x -> Functional.softshrink(x, 0.5), -24.5, -0.5, 0, 0, 0, 1.5, 29.5);
        isOf(Functional::softsign, -0.96153846, -0.5, -0.2, 0, 0.33333333, 0.66666667, 0.96774194);
        isOf(Functional::tanhshrink, -24, -0.23840584, -0.0050813376, 0, 0.037882843, 1.0359724, 29);
        isOf(x -> Functional.threshold(x, 0.5, 7), 7, 7, 7, 7, 7, 2, 30);
    }

    private static void isOf(UnaryOperator<Tensor> function, double... expected) {
        float[] y = function.apply(Tensor.of(new float[] {-25, -1, -0.25f, 0, 0.5f, 2, 30}, 7))
                .toArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) y[i]).isCloseTo(expected[i], within(2e-7 * Math.abs(expected[i])));
        }
    }

    @Test
    void gatesAndSharesRunAlongTheGivenDimension() {
        Tensor x = Tensor.of(new float[] {1, -2, 3, 0, 0.5f, 2, -1, 4}, 2, 4);
        assertThat(Functional.glu(x, -1).shape()).containsExactly(2, 2);
        assertThat(Functional.glu(x, -1).toArray())
                .containsExactly(new float[] {0.95257413f, -1, 0.13447071f, 1.9640276f}, within(2e-7f));
        assertThat(Functional.glu(x, 0).shape()).containsExactly(1, 4);
        assertThat(Functional.glu(x, 0).toArray())
                .containsExactly(new float[] {0.62245935f, -1.7615942f, 0.80682427f, 0}, within(2e-7f));
        assertThat(Arrays.copyOf(Functional.softmin(x, 1).toArray(), 4))
                .containsExactly(new float[] {0.04177257f, 0.8390245f, 0.0056533027f, 0.11354962f}, within(1e-7f));
        assertThatThrownBy(() -> Functional.glu(Tensor.of(new float[3], 3), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Dimension 0 of [3] has no even size.");
    }

    @Test
    void softmaxRunsAlongTheGivenDimensionWithoutOverflow() {
        Tensor x = Tensor.of(new float[] {1000, 1000, 0, 0}, 2, 2);
        assertThat(Functional.softmax(x, 1).toArray()).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
        assertThat(Functional.softmax(x, 0).toArray()).containsExactly(1, 1, 0, 0);
        assertThat(Functional.logSoftmax(x, -2).toArray()).containsExactly(0, 0, -1000, -1000);
        assertThatThrownBy(() -> Functional.softmax(x, 2)).hasMessage("Dimension 2 does not exist in [2, 2].");
    }

    @Test
    void computesLosses() {
        Tensor logits = Tensor.of(new float[] {2, 0, 0, 1, 1, 1}, 2, 3);
        float expected = (float) ((Math.log(1 + 2 * Math.exp(-2)) + Math.log(3)) / 2);
        assertThat(Functional.crossEntropy(logits, new int[] {0, 2})).isEqualTo(expected, within(1e-6f));
        Tensor zero = Tensor.of(new float[6], 2, 3);
        assertThat(Functional.mseLoss(logits, zero)).isEqualTo(7 / 6f);
        assertThat(Functional.l1Loss(logits, zero)).isEqualTo(5 / 6f);
        assertThat(Functional.flatten(Tensor.of(new float[12], 2, 3, 2)).shape())
                .containsExactly(2, 6);
    }

    @Test
    void lossesAreThoseOfPyTorch() {
        Tensor x = Tensor.of(new float[] {0.5f, -1.25f, 2, 0.75f, -0.5f, 1.5f}, 2, 3);
        float[] shares = {1, 0.25f, 0.5f, 0, 1, 0.75f};
        Tensor y = Tensor.of(shares, 2, 3);
        float[] halves = new float[6];
        float[] variances = new float[6];
        for (int i = 0; i < 6; i++) {
            halves[i] = shares[i] * 0.5f + 0.25f;
            variances[i] = shares[i] + 0.5f;
        }
        Tensor signs = Tensor.of(new float[] {1, -1, 1, -1, -1, 1}, 2, 3);
        Tensor z = Tensor.of(new float[] {0.25f, 1, -0.5f, 2, -1, 0.5f}, 2, 3);
        Tensor w = Tensor.of(new float[] {0, 1, -1.5f, 2, -2, 0.25f}, 2, 3);
        int[] labels = {2, 0};

        close(Functional.nllLoss(Functional.logSoftmax(x, 1), labels), 0.7287138556391736);
        close(Functional.binaryCrossEntropy(Tensor.of(halves, 2, 3), y), 0.4586022447149591);
        close(Functional.binaryCrossEntropyWithLogits(x, y), 0.8087992241410351);
        close(Functional.klDiv(x, y), -0.4535681224831302);
        close(Functional.poissonNllLoss(x, y), 2.4528336521923904);
        close(Functional.gaussianNllLoss(x, y, Tensor.of(variances, 2, 3)), 0.7120759317654565);
        close(Functional.huberLoss(x, y, 0.75), 0.5364583333333334);
        close(Functional.smoothL1Loss(x, y, 0.75), 0.7152777777777778);
        close(Functional.softMarginLoss(x, signs), 0.4442158908077019);
        close(Functional.hingeEmbeddingLoss(x, signs, 0.8), 1.2333333333333332);
        close(Functional.marginRankingLoss(x, z, signs, 0.5), 0.20833333333333334);
        close(Functional.multiMarginLoss(x, labels), 0.2916666666666667);
        close(Functional.multilabelMarginLoss(x, new int[] {2, 0, -1, 1, -1, 2}), 0.875);
        close(Functional.multilabelSoftMarginLoss(x, y), 0.8087992241410351);
        close(Functional.cosineEmbeddingLoss(x, z, Tensor.of(new float[] {1, -1}, 2), 0.25), 1.1025922263846413);
        close(Functional.tripletMarginLoss(x, z, w, 1.5), 0.7702831646193713);
    }

    @Test
    void sequencesOfLabelsAreThoseOfPyTorch() {
        float[] scores = {
            -1.296875f,
            -0.421875f,
            -2.703125f,
            -0.5625f,
            -1.984375f,
            -1.234375f,
            -3.78125f,
            -0.40625f,
            -1.171875f,
            -1.390625f,
            -1.59375f,
            -0.609375f,
            -1.4375f,
            -2.125f,
            -0.4375f
        };
        // PyTorch's loss of the labels is 1.3111611604690552
        close(Functional.ctcLoss(Tensor.of(scores, 1, 5, 3), new int[] {1, 2}, 2, null, 0), 1.3111611604690552 / 2);
        assertThatThrownBy(() -> Functional.ctcLoss(Tensor.of(scores, 1, 5, 3), new int[] {1, 2}, 2, new int[] {6}, 0))
                .hasMessage("The length 6 of sample 0 must be from 1 to 5.");
    }

    /** Channels x length of one sample, and PyTorch's functions of it in double. */
    @Test
    void functionsOfSequencesAreThoseOfPyTorch() {
        int[] one = {1};
        int[] two = {2};
        int[] none = {0};
        Tensor bias = Tensor.of(new float[] {0.25f}, 1);
        Tensor weight = Tensor.of(new float[] {1, 0.5f, -1, 2, 0, 1}, 1, 2, 3);
        is(Functional.conv1d(SEQUENCE, weight, bias, two, one, one, 1), 4.75, 7.75);
        Tensor back = Tensor.of(new float[] {1, 0.5f, -1, 2}, 2, 1, 2);
        is(
                Functional.convTranspose1d(SEQUENCE, back, bias, two, one, one, 1, one),
                1.75,
                -3.75,
                3.25,
                4.25,
                -0.25,
                -3.75,
                8.25);
        is(Functional.maxPool1d(SEQUENCE, new int[] {3}, two, one, one, false), 1, 3, 2, 4);
        Tensor indices = Functional.maxPool1dIndices(SEQUENCE, two, null, none, one, false);
        assertThat(indices.toLongArray()).containsExactly(0, 2, 1, 3);
        Tensor largest = Functional.maxPool1d(SEQUENCE, two, null, none, one, false);
        is(Functional.maxUnpool1d(largest, indices, two, null, none, null), 1, 0, 3, 0, 0, 2, 0, 4);
        is(
                Functional.avgPool1d(SEQUENCE, new int[] {3}, two, one, true, false),
                -0.5,
                0.33333333,
                0,
                1.25,
                1.6666667,
                4);
        is(Functional.lpPool1d(SEQUENCE, 2, two, null, false), 2.236068, 3, 2.0615528, 4.1231056);
        is(Functional.adaptiveAvgPool1d(SEQUENCE, 3), -0.5, 0.5, 1.5, 1.25, 0.5, 1.5);
        is(Functional.adaptiveMaxPool1d(SEQUENCE, 3), 1, 3, 3, 2, 2, 4);
        is(Functional.pad(SEQUENCE, new int[] {2, 1}, "reflect", 0), 3, -2, 1, -2, 3, 0, 3, -1, 2, 0.5, 2, -1, 4, -1);
        is(Functional.pad(SEQUENCE, new int[] {-1, 2}, "constant", 7), -2, 3, 0, 7, 7, 2, -1, 4, 7, 7);
        is(
                Functional.interpolate(SEQUENCE, new int[] {6}, "linear", true),
                1,
                -0.8,
                -1,
                2,
                1.8,
                0,
                0.5,
                1.4,
                1.4,
                -0.4,
                1,
                4);
        double[] scale = {1.5};
        is(Functional.interpolate(SEQUENCE, scale, "nearest", false), 1, 1, -2, 3, 3, 0, 0.5, 0.5, 2, -1, -1, 4);
        is(Functional.interpolate(SEQUENCE, scale, "nearest-exact", false), 1, -2, -2, 3, 0, 0, 0.5, 2, 2, -1, 4, 4);
        is(Functional.prelu(SEQUENCE, Tensor.of(new float[] {0.5f, 0.25f}, 2)), 1, -1, 3, 0, 0.5, 2, -0.25, 4);
    }

    @Test
    void normsAreThoseOfPyTorch() {
        Tensor weight = Tensor.of(new float[] {1, 2, 3, 4}, 4);
        Tensor bias = Tensor.of(new float[] {0.5f, 0, 0, 0}, 4);
        is(
                Functional.layerNorm(SEQUENCE, new int[] {4}, weight, bias, 1e-5),
                0.77734967,
                -2.7734967,
                4.1602451,
                -1.1093987,
                0.026984526,
                0.67573639,
                -3.8516974,
                5.6761857);
        double[] byChannel = {
            0.27734967, -1.3867484, 1.3867484, -0.27734967, -0.47301547, 0.3378682, -1.2838991, 1.4190464
        };
        is(Functional.instanceNorm(SEQUENCE, null, null, 1e-5), byChannel);
        is(Functional.batchNorm(SEQUENCE, null, null, null, null, 1e-5), byChannel);
        is(
                Functional.batchNorm(
                        SEQUENCE,
                        Tensor.of(new float[] {0.5f, 1}, 2),
                        Tensor.of(new float[] {2, 4}, 2),
                        Tensor.of(new float[] {2, 1}, 2),
                        Tensor.of(new float[] {0, 1}, 2),
                        1e-5),
                0.70710501,
                -3.5355251,
                3.5355251,
                -0.70710501,
                0.75000031,
                1.4999994,
                1.2499977e-06,
                2.4999981);
        is(
                Functional.groupNorm(SEQUENCE, 1, null, null, 1e-5),
                0.033277869,
                -1.5640598,
                1.0981697,
                -0.49916804,
                -0.23294508,
                0.56572377,
                -1.0316139,
                1.6306156);
        is(
                Functional.localResponseNorm(SEQUENCE, 2, 0.5, 0.75, 1),
                0.84589701,
                -1.1892071,
                1.2393921,
                0,
                0.40775146,
                0.87738268,
                -0.39079497,
                1.196279);
        is(
                Functional.normalize(SEQUENCE, 2, 1, 1e-12),
                0.89442719,
                -0.70710678,
                0.9486833,
                0,
                0.4472136,
                0.70710678,
                -0.31622777,
                1);
    }

    @Test
    void pairsAndRowsAreThoseOfPyTorch() {
        Tensor a = Tensor.of(new float[] {1, -2, 3, 0, 0.5f, 2}, 2, 3);
        Tensor b = Tensor.of(new float[] {0.25f, 1, -0.5f, 2, -1, 0.5f}, 2, 3);
        Tensor turned = Tensor.of(new float[] {0, 0.5f, 2, 1, -2, 3}, 2, 3);
        is(Functional.cosineSimilarity(a, b, 1, 1e-8), -0.7581754, 0.10585122);
        is(Functional.pairwiseDistance(a, b, 3, 1e-6, false), 4.1271035, 2.4524341);
        Tensor first = Tensor.of(new float[] {1, -2, 0, 0.5f}, 2, 2);
        Tensor second = Tensor.of(new float[] {0.25f, 1, 2, -1}, 2, 2);
        Tensor weight = Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 2);
        is(Functional.bilinear(first, second, weight, Tensor.of(new float[] {0.5f}, 1)), -6.75, 1.5);
        Tensor rows = Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 4, 2);
        is(Functional.embedding(Tensor.ofLongs(new long[] {2, 0}, 2), rows), 4, 5, 0, 1);
        Tensor bags = Tensor.ofLongs(new long[] {1, 3, 0, 2}, 2, 2);
        is(Functional.embeddingBag(bags, rows, "mean", 3), 2, 3, 2, 3);
        Tensor factors = Tensor.of(new float[] {2, 0.5f, 1, -1}, 2, 2);
        is(Functional.embeddingBag(bags, rows, "sum", -1, factors), 7, 9.5, -4, -4);
        is(Functional.embeddingBag(bags, rows, "sum", 3, factors), 4, 6, -4, -4);
        is(Functional.oneHot(Tensor.ofLongs(new long[] {1, 0}, 2), 2), 0, 1, 1, 0);
        close(
                Functional.tripletMarginWithDistanceLoss(
                        a, b, turned, (x, y) -> Functional.pairwiseDistance(x, y, 1, 1e-6, false), 2, true),
                4.250001);
    }

    @Test
    void imagesAreMovedAsByPyTorch() {
        float[] counted = new float[16];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = i;
        }
        Tensor channels = Tensor.of(counted, 1, 4, 2, 2);
        Tensor shuffled = Functional.pixelShuffle(channels, 2);
        is(shuffled, 0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15);
        assertThat(Functional.pixelUnshuffle(shuffled, 2)).isEqualTo(channels);
        is(Functional.channelShuffle(channels, 2), 0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15);
        int[] one = {1};
        int[] two = {2};
        int[] none = {0};
        Tensor image = Tensor.of(Arrays.copyOf(counted, 9), 1, 1, 3, 3);
        Tensor patches = Functional.unfold(image, two, one, none, one);
        is(patches, 0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8);
        is(Functional.fold(patches, new int[] {3}, two, one, none, one), 0, 2, 2, 6, 16, 10, 6, 14, 8);
        is(
                Functional.interpolate(
                        Tensor.of(new float[] {0, 1, 4, 9}, 1, 1, 2, 2), new int[] {3}, "bicubic", false),
                -0.40388696,
                -0.020833333,
                0.36222029,
                1.7395833,
                3.5,
                5.2604167,
                3.8830536,
                7.0208333,
                10.158613);
    }

    private static void is(Tensor actual, double... expected) {
        float[] floats = actual.toArray();
        assertThat(floats).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) floats[i]).as("[" + i + "]").isCloseTo(expected[i], within(1e-6));
        }
    }

    private static void close(float actual, double expected) {
        assertThat(actual).isEqualTo((float) expected, within(2e-6f));
    }

    @Test
    void saysWhichShapesDoNotFit() {
        assertThatThrownBy(() -> Functional.conv2d(Tensor.of(new float[25], 5, 5), KERNEL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has [5, 5] and [1, 1, 3, 3]");
        assertThatThrownBy(() -> Functional.conv2d(Tensor.of(new float[4], 1, 1, 2, 2), KERNEL))
                .hasMessage("conv2d: a kernel of 3 with dilation 1 does not fit an input of 2 with padding 0.");
        assertThatThrownBy(() -> Functional.linear(IMAGE, Tensor.of(new float[6], 2, 3), null))
                .hasMessageContaining("needs 3 inputs");
        assertThatThrownBy(() -> Functional.crossEntropy(Tensor.of(new float[2], 1, 2), new int[] {2}))
                .hasMessage("Label 2 at position 0 is not one of the 2 classes.");
        assertThatThrownBy(() -> Functional.maxPool2d(IMAGE, 2, 2, 2)).hasMessageContaining("at most half");
        assertThatThrownBy(() -> Functional.mseLoss(IMAGE, KERNEL)).hasMessageContaining("equal shapes");
        assertThatThrownBy(() -> Functional.pad(SEQUENCE, new int[] {4, 0}, "reflect", 0))
                .hasMessage("pad: mode reflect can add at most 3 to dimension 2 of [1, 2, 4], but is to add 4.");
        assertThatThrownBy(() -> Functional.interpolate(SEQUENCE, new int[] {3}, "bilinear", false))
                .hasMessageEndingWith("but has \"bilinear\" of [1, 2, 4].");
        assertThatThrownBy(() -> Functional.oneHot(Tensor.ofLongs(new long[] {2}, 1), 2))
                .hasMessage("oneHot: index 2 at position 0 is not one of the 2.");
        Tensor bags = Tensor.ofLongs(new long[] {0, 1}, 1, 2);
        Tensor rows = Tensor.of(new float[4], 2, 2);
        assertThatThrownBy(() -> Functional.embeddingBag(bags, rows, "mean", -1, Tensor.of(new float[2], 1, 2)))
                .hasMessage("embeddingBag: perSampleWeights are weights of a sum, but the mode is \"mean\".");
        assertThatThrownBy(() -> Functional.embeddingBag(bags, rows, "sum", -1, Tensor.of(new float[2], 2)))
                .hasMessage("embeddingBag needs perSampleWeights for each of its indices [1, 2], but has [2].");
        assertThatThrownBy(() -> Functional.gelu(SEQUENCE, "erf")).hasMessageContaining("but not by \"erf\"");
    }
}
