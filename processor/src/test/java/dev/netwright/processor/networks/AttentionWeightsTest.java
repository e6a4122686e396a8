package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.numbers;
import static dev.netwright.processor.networks.Expected.values;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What queries take of keys, as an output, against PyTorch's numbers. */
class AttentionWeightsTest {
    private static final String INPUTS = """
            @Network
            @Input(name = "x", shape = {4, 4})
            @Input(name = "length", shape = 1, type = InputType.INT32)
            """;

    private static final NetworkText TOLD = NetworkText.of("ToldNet", INPUTS, """
            @Parameter(shape = {4, 4}) Layer shift;
            @Add(from = {"x", "shift"}) Layer rows;
            @MultiheadAttention(numHeads = 2, addBiasKv = true, addZeroAttn = true, lengths = "length")
            @Output Layer heads;
            @Identity(from = "heads.weights") @Output Layer weights;
            """);

    private static final NetworkText ALONE = NetworkText.of("AloneNet", INPUTS, """
            @Parameter(shape = {4, 4}) Layer shift;
            @Add(from = {"x", "shift"}) Layer rows;
            @MultiheadAttention(numHeads = 2, addBiasKv = true, addZeroAttn = true, lengths = "length") Layer heads;
            @Identity(from = "heads.weights") @Output Layer weights;
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(TOLD, ALONE);

    private static final int[] LENGTHS = {4, 1, 3};
    private static final float[] X = values(48, Math::sin);

    // spotless:off
    private static final float[] OUTPUT = numbers("""
            -0.003362682 -1.057938 0.2110987 0.3238559 -0.1869979 -0.9650535 0.2733076 0.1496468 0.08274318 -0.9683081
            0.00782122 0.4999684 -0.06785994 -1.090287 0.3178858 0.2166038 -0.3886067 -0.6531507 0.06716979 0.1072253
            -0.2708367 -0.7134516 0.02823044 0.2184311 -0.3257929 -0.6666474 0.02200003 0.1797718 -0.3804656 -0.6659627
            0.07577772 0.1087843 0.03377534 -1.039266 0.1495518 0.385644 -0.2721917 -0.9309598 0.3139311 0.06244652
            -0.1282426 -0.8147834 0.01810608 0.3329984 -0.03283527 -1.060685 0.2441634 0.2833786
            """);
    private static final float[] WEIGHTS = numbers("""
            0.1095303 0.2211508 0.1845561 0.1311356 0.1869062 0.1667211 0.1556798 0.05621734 0.3592057 0.08715922
            0.1883406 0.1533974 0.1742637 0.2163261 0.04530312 0.2804594 0.1624181 0.1212296 0.1071459 0.1360155
            0.3036724 0.102719 0.187546 0.1629012 0.2116403 0 0 0 0.43601 0.3523498
            0.3686831 0 0 0 0.3361104 0.2952065 0.2790963 0 0 0
            0.3873928 0.3335109 0.2301363 0 0 0 0.4286694 0.3411943 0.1196038 0.3684551
            0.1295454 0 0.201486 0.1809098 0.2412022 0.04359748 0.374198 0 0.1839506 0.1570518
            0.1807105 0.3250008 0.08292982 0 0.2340643 0.1772945 0.1270157 0.2489065 0.2275262 0
            0.2100886 0.1864629
            """);
    private static final float[] D_ROWS = numbers("""
            0.1717861 0.1798117 0.02251932 -0.1554772 -0.1160309 -0.1188386 -0.01238659 0.1054536 -0.09401458 0.0295794
            0.1259782 0.1065532 0.06145743 -0.01210024 -0.074533 -0.06844047
            """);
    private static final float[] D_IN = numbers("""
            0.3008754 -0.1780489 -0.1429484 0.1136424 0.2174203 -0.1750339 -0.03684686 0.278466 -0.1155527 -0.009408518
            0.1003143 0.2379025
            """);
    private static final float[] D_BIAS_K = numbers("""
            -0.1760961 0.1314438 0.06721454 -0.2407453
            """);
    private static final float[] D_ALONE = numbers("""
            0.1615456 0.103918 -0.04925142 -0.1571393 -0.07106086 -0.09489862 -0.03148703 0.06087359 -0.109468 0.04542836
            0.1585581 0.1259102 0.06098603 -0.002851739 -0.06406763 -0.06638004
            """);
    // spotless:on

    private static GeneratedModel model(String network) {
        return Expected.model(BUILT, network, Set.of("shift"));
    }

    @Test
    void weightsAreTheMeanOverTheHeads() {
        Map<String, float[]> predicted = model("ToldNet").predict(List.of(X, LENGTHS), 3);
        close(predicted.get("heads"), OUTPUT);
        close(predicted.get("weights"), WEIGHTS);
        close(model("AloneNet").predict(List.of(X, LENGTHS), 3).get("weights"), WEIGHTS);
    }

    @Test
    void gradientsByWeightsAreAddedToThoseByTheOutput() {
        GeneratedModel model = model("ToldNet");
        close(model.forward(List.of(X, LENGTHS), 3).get("weights"), WEIGHTS);
        model.backward(List.of(values(48, Math::cos), values(72, i -> Math.cos(i / 2))), 3);
        Map<String, Tensor> gradients = model.model().gradients();
        close(gradients.get("shift").toArray(), D_ROWS);
        close(gradients.get("heads.in_proj_bias").toArray(), D_IN);
        close(gradients.get("heads.bias_k").toArray(), D_BIAS_K);
    }

    @Test
    void weightsAloneHaveGradients() {
        GeneratedModel model = model("AloneNet");
        model.forward(List.of(X, LENGTHS), 3);
        model.backward(List.of(values(72, i -> Math.cos(i / 2))), 3);
        close(model.model().gradients().get("shift").toArray(), D_ALONE);
    }

    private static void close(float[] actual, float[] expected) {
        Expected.close(actual, expected, 1e-5f);
    }
}
