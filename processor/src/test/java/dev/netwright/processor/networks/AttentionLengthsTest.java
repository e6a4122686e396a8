package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.numbers;
import static dev.netwright.processor.networks.Expected.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Attention to samples of several lengths against numbers of PyTorch's key padding masks, and what is refused. */
class AttentionLengthsTest {
    private static final NetworkText RAGGED = NetworkText.of("RaggedNet", """
            @Network
            @Input(name = "x", shape = {4, 4})
            @Input(name = "y", shape = {3, 4})
            @Input(name = "length", shape = 1, type = InputType.INT32)
            @Input(name = "ofMemory", shape = 1, type = InputType.INT32)
            """, """
            @Parameter(shape = {4, 4}) Layer shift;
            @Parameter(shape = {3, 4}) Layer memoryShift;
            @Add(from = {"x", "shift"}) Layer rows;
            @Add(from = {"y", "memoryShift"}) Layer memory;
            @ScaledDotProductAttention(lengths = "ofMemory", from = {"rows", "memory", "memory"}) @Output Layer products;
            @MultiheadAttention(numHeads = 2, addBiasKv = true, lengths = "length", from = "rows") @Output Layer heads;
            @TransformerEncoderLayer(nhead = 2, dimFeedforward = 3, dropout = 0, lengths = "length", from = "rows")
            @Output Layer encoder;
            @TransformerDecoderLayer(nhead = 2, dimFeedforward = 3, dropout = 0, isCausal = true, lengths = "length",
                    memoryLengths = "ofMemory", from = {"rows", "memory"})
            @Output Layer decoder;
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(RAGGED);

    private static final int[] LENGTHS = {4, 1, 3};
    private static final int[] OF_MEMORY = {2, 3, 1};
    private static final float[] X = values(48, Math::sin);
    private static final float[] Y = values(36, i -> Math.cos(0.7 * i));

    // spotless:off
    private static final float[] PRODUCTS = numbers("""
            0.465031 0.2962336 -0.01188715 -0.3144172 -0.6828531 -0.709261 -0.4020923 0.09418664 0.6391048 0.4487143
            0.04728649 -0.3763809 -0.0009317857 -0.1119288 -0.1702839 -0.1485518 -0.1951743 -0.6058314 -0.7315565 -0.5132192
            0.01965185 -0.139208 -0.2325961 -0.2165907 0.01194657 0.1588466 0.2310386 0.1945695 -0.1503989 -0.6082817
            -0.7800802 -0.5849948 -0.4606786 0.21944 0.7963525 0.998728 -0.4606786 0.21944 0.7963525 0.998728
            -0.4606786 0.21944 0.7963525 0.998728 -0.4606786 0.21944 0.7963525 0.998728
            """);
    private static final float[] HEADS = numbers("""
            0.06696897 -1.172226 0.2901747 0.3347692 -0.1654767 -1.044755 0.3559795 0.1212727 0.1368555 -1.03576
            0.04188852 0.522885 -0.01482069 -1.206766 0.4171179 0.2033578 -0.4129467 -0.747806 0.2152515 0.008295283
            -0.2567305 -0.7963825 0.1225387 0.178074 -0.3084644 -0.7632314 0.1309345 0.1339471 -0.4009486 -0.7572894
            0.2156509 0.01725657 0.1149717 -1.154788 0.2193758 0.4098859 -0.2749752 -0.9923083 0.3969147 0.01531159
            -0.08769478 -0.8850292 0.06938962 0.3362018 0.03838898 -1.192578 0.3453606 0.2829774
            """);
    private static final float[] ENCODER = numbers("""
            0.04083741 0.3084737 0.4222922 1.102027 0.3669246 -0.3299612 0.4320224 0.5944166 -0.1278391 0.4815006
            0.4506835 0.8376424 0.1933434 0.1507812 0.4231351 1.060661 0.1602033 -0.01205249 0.4688157 0.3673391
            -0.1499378 0.4925093 0.4519799 0.8155107 0.3434189 -0.3434103 0.4075517 0.8148714 -0.110462 0.3971655
            0.4683192 0.5743854 -0.06078947 0.4197974 0.4308049 1.041051 0.3349856 -0.1214196 0.4496359 0.6114647
            -0.145401 0.4610698 0.4616827 0.6826263 0.03587489 0.3234458 0.4249362 1.086227
            """);
    private static final float[] DECODER = numbers("""
            0.2312945 0.8172762 0.3925865 -0.4876261 0.5643398 0.7069338 0.7023298 -0.1189587 -0.08199405 0.2616488
            0.9055744 -0.3984585 0.3531189 0.8062264 0.5488861 -0.4223565 0.5539261 0.6736982 0.8182482 -0.1577777
            0.01337812 0.4533368 0.9329574 -0.5750492 0.4805402 0.7896302 0.576722 -0.2603647 -0.09395928 0.148406
            0.7797919 -0.1699785 0.0113391 0.7597182 0.1635944 -0.5278759 0.3576761 0.8569441 0.2476207 -0.2976935
            -0.2358697 0.3879941 0.4451709 -0.4749456 0.2275128 0.8224257 0.3617128 -0.4799784
            """);
    private static final float[] D_ROWS = numbers("""
            0.5128926 1.273616 0.8414003 -1.132725 -0.0126923 -0.3251916 -1.104112 -0.9303287 -0.127318 -0.3786018
            0.7077157 1.198706 1.047864 0.5736896 -0.3356859 0.1878636
            """);
    private static final float[] D_MEMORY = numbers("""
            1.027178 0.4438545 -0.5475463 -1.035536 0.1598751 0.2175187 0.07517664 -0.1362825 -0.1760515 -0.05752987
            0.1138844 0.1805939
            """);
    private static final float[] D_BIAS_K = numbers("""
            0.02754278 -0.04632172 0.04936691 0.07056898
            """);
    private static final float[] D_ENCODER = numbers("""
            0.1343735 -0.0234629 0.05271989 -0.1415352 9.714451e-17 -2.818926e-17 0 -6.938894e-18 0.05575151 -0.1222981
            -0.1879074 -0.08075551
            """);
    private static final float[] D_DECODER = numbers("""
            -0.303008 0.4157424 -0.05959006 0.3115382 1.31839e-16 2.081668e-17 5.551115e-17 3.469447e-17 0.4855594 0.1885077
            -0.2818571 -0.4930838
            """);
    // spotless:on

    private static GeneratedModel model() {
        return Expected.model(BUILT, "RaggedNet", Set.of("shift", "memoryShift"));
    }

    private static void matches(Map<String, float[]> outputs) {
        close(outputs.get("products"), PRODUCTS);
        close(outputs.get("heads"), HEADS);
        close(outputs.get("encoder"), ENCODER);
        close(outputs.get("decoder"), DECODER);
    }

    @Test
    void keysBeyondASamplesLengthHaveNoWeight() {
        matches(model().predict(List.of(X, Y, LENGTHS, OF_MEMORY), 3));
        float[] others = X.clone();
        Arrays.fill(others, 20, 32, 9);
        float[] encoded =
                model().predict(List.of(others, Y, LENGTHS, OF_MEMORY), 3).get("encoder");
        close(Arrays.copyOfRange(encoded, 16, 20), Arrays.copyOfRange(ENCODER, 16, 20));
    }

    @Test
    void nothingFlowsBackToKeysBeyond() {
        GeneratedModel model = model();
        matches(model.forward(List.of(X, Y, LENGTHS, OF_MEMORY), 3));
        model.backward(
                List.of(
                        values(48, Math::cos),
                        values(48, i -> Math.cos(i / 2)),
                        values(48, i -> Math.cos(i / 3)),
                        values(48, i -> Math.cos(i / 4))),
                3);
        Map<String, Tensor> gradients = model.model().gradients();
        close(gradients.get("shift").toArray(), D_ROWS);
        close(gradients.get("memoryShift").toArray(), D_MEMORY);
        close(gradients.get("heads.bias_k").toArray(), D_BIAS_K);
        close(gradients.get("encoder.self_attn.in_proj_bias").toArray(), D_ENCODER);
        close(gradients.get("decoder.multihead_attn.in_proj_bias").toArray(), D_DECODER);
    }

    @Test
    void aLengthOutOfRangeIsNamedWithItsSample() {
        GeneratedModel model = model();
        for (int wrong : new int[] {0, 5, -1}) {
            assertThatThrownBy(() -> model.predict(List.of(X, Y, new int[] {4, wrong, 3}, OF_MEMORY), 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The length " + wrong
                            + " of sample 1 for heads must be from 1 to 4, the steps of a sample.");
        }
        assertThatThrownBy(() -> model.forward(List.of(X, Y, LENGTHS, new int[] {2, 3, 4}), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The length 4 of sample 2 for products must be from 1 to 3, the steps of a sample.");
        assertThat(model.model().definition().lengths())
                .extracting(each -> each.reader() + " " + each.input() + " " + each.steps())
                .containsExactly(
                        "products 3 3", "heads 2 4", "encoder 2 4", "decoder 2 4", "decoder.memoryLengths 3 3");
    }

    private static void close(float[] actual, float[] expected) {
        Expected.close(actual, expected, 1e-5f);
    }
}
