package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.numbers;
import static dev.netwright.processor.networks.Expected.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Losses of two outputs, of the steps that each sample has, against PyTorch's losses that stay apart, by a mask. */
class StepPairLossTest {
    private static final int SAMPLES = 3;

    private static NetworkText network(String name, String loss, String second) {
        return NetworkText.of(name, """
                @Network
                @Input(name = "x", shape = {4, 3})
                @Input(name = "steps", type = InputType.INT32)
                @%s
                """.formatted(loss), """
                @Parameter(shape = {4, 3}) Layer shift;
                @Parameter(shape = {4, 3}) Layer spread;
                @Add(from = {"x", "shift"}) @Output Layer first;
                @Add(from = {"x", "spread"}) Layer wide;
                %s @Output Layer second;
                """.formatted(second));
    }

    private static final String OF = "(of = {\"first\", \"second\"}, lengths = \"steps\"";

    private static final NetworkText GAUSS = network("GaussNet", "GaussianNLLLoss" + OF + ", full = true)", "@Sigmoid");
    private static final NetworkText NARROW = network(
            "NarrowNet",
            "GaussianNLLLoss" + OF + ", eps = 0.4, reduction = Reduction.SUM)",
            "@Mean(dim = 2, keepdim = true) Layer narrow; @Sigmoid");
    private static final NetworkText RANK = network("RankNet", "MarginRankingLoss" + OF + ", margin = 0.3)", "@Tanh");
    private static final NetworkText APART =
            network("ApartRankNet", "MarginRankingLoss" + OF + ", margin = 0.3, reduction = Reduction.NONE)", "@Tanh");
    private static final CompiledNetworks BUILT = CompiledNetworks.of(GAUSS, NARROW, RANK, APART);

    private static final int[] LENGTHS = {4, 1, 3};
    private static final float[] X = values(36, Math::sin);
    private static final float[] Y = values(36, i -> Math.cos(i / 2));
    private static final float[] SIGNS = values(36, i -> Math.signum(Math.cos(i / 2)));

    // spotless:off
    private static final float[] BY_MEAN = numbers("""
            -0.1645538 -0.01825582 -0.04061587 -0.08318808 -0.1027296 0.008509602
            0.1701784 0.2179849 0.1546181 -0.01891519 -0.2142214 -0.389657
            """);
    private static final float[] BY_VARIANCE = numbers("""
            0.0006659565 0.01342674 0.009580979 0.0006765673 -0.004266036 0.01860334
            -0.02498087 -0.04263872 -0.01558635 0.006611292 -0.1065714 -0.254488
            """);
    private static final float[] BY_MEAN_OF_NARROW = numbers("""
            -2.116397 -0.3770822 -1.35337 -2.361819 -2.341507 0.1761196 3.413042 5.293259 4.23344 -0.7205399 -4.166887 -4.260586
            """);
    private static final float[] BY_NARROW = numbers("""
            0.3372892 0.3372892 0.3372892 0.08151041 0.08151041 0.08151041
            -0.6936264 -0.6936264 -0.6936264 -1.100135 -1.100135 -1.100135
            """);
    private static final float[] BY_FIRST = numbers("""
            0 -0.04166667 -0.125 -0.08333333 -0.04166667 0 0.08333333 0.08333333 0.04166667 0 -0.04166667 -0.04166667
            """);
    private static final float[] BY_SECOND = numbers("""
            0 0.04012403 0.02264454 0.02229941 0.0118265 0 -0.07010396 -0.04702641 -0.008288785 0 0.02534555 0.007512188
            """);
    private static final float[] EACH = numbers("""
            0 0 0.716874 1.903058 0 0 0.4227839 0.8299214 0.2488335 0 1.057228 0.3901875
            0 0 0.6485482 0 0 0 0 0 0 0 0 0
            0 0.08446363 0.8347473 1.280199 1.529002 0 0.3507106 0.3412185 0 0 0 0
            """);
    // spotless:on

    private static GeneratedModel model(String network) {
        GeneratedModel model = BUILT.network(network, 512).create(1, Options.defaults());
        model.model().parameters().set("shift", Tensor.of(values(12, Math::cos), 4, 3));
        model.model().parameters().set("spread", Tensor.of(values(12, i -> Math.sin(i / 3)), 4, 3));
        return model;
    }

    /** Targets beyond a sample's length are no numbers. */
    private static void check(String network, float[] target, float expected, float[] byFirst, float[] bySecond) {
        float[] y = target.clone();
        Arrays.fill(y, 15, 24, Float.NaN);
        Arrays.fill(y, 33, 36, Float.NaN);
        GeneratedModel model = model(network);
        List<Object> inputs = List.of(X, LENGTHS);
        assertThat(model.loss(inputs, List.of(y), SAMPLES)).isCloseTo(expected, within(2e-6f * Math.max(1, expected)));
        model.backward(List.of());
        Expected.close(model.model().gradients().get("shift").toArray(), byFirst, 5e-6f);
        Expected.close(model.model().gradients().get("spread").toArray(), bySecond, 5e-6f);
        assertThat(model.evaluate(inputs, List.of(y), SAMPLES))
                .isCloseTo(expected, within(2e-6f * Math.max(1, expected)));
    }

    @Test
    void aNormalDistributionIsJudgedOverTheStepsThatCount() {
        check("GaussNet", Y, 1.75284f, BY_MEAN, BY_VARIANCE);
    }

    @Test
    void aStepMayHaveOneVarianceForAllItsMeans() {
        check("NarrowNet", Y, 15.29541f, BY_MEAN_OF_NARROW, BY_NARROW);
    }

    @Test
    void pairsAreRankedOverTheStepsThatCount() {
        check("RankNet", SIGNS, 0.4432407f, BY_FIRST, BY_SECOND);
    }

    @Test
    void lossesThatStayApartAreZeroBeyond() {
        Expected.close(model("ApartRankNet").losses(List.of(X, LENGTHS), List.of(SIGNS), SAMPLES), EACH, 5e-6f);
    }
}
