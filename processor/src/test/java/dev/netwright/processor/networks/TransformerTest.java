package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Primitive.Draw;
import dev.netwright.processor.pass.Lower;
import dev.netwright.runtime.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attention and layers of transformers: keys, first weights, what is printed and what is dropped. */
class TransformerTest {
    private static final NetworkText STACK = NetworkText.of("StackNet", "@Network(input = {3, 4})", """
            @TransformerEncoderLayer(nhead = 2, dimFeedforward = 6) @Repeat(value = 2, key = "layers.%d") Layer encoder;
            @LayerNorm(normalizedShape = 4) @Key("encoder.norm") Layer norm;
            """);

    private static final NetworkText SIX = NetworkText.of("SixNet", "@Network(input = {3, 4})", """
            @TransformerEncoderLayer(nhead = 2, dimFeedforward = 6) @Repeat(value = 6, key = "layers.%d") Layer encoder;
            @LayerNorm(normalizedShape = 4) @Key("encoder.norm") Layer norm;
            """);

    private static final NetworkText ONE = NetworkText.of("OneNet", "@Network(input = {3, 4})", """
            @TransformerEncoderLayer(nhead = 2, dimFeedforward = 6) Layer encoder;
            """);

    private static final NetworkText HEADS = NetworkText.of("HeadsNet", "@Network(input = {3, 6})", """
            @MultiheadAttention(numHeads = 2, addBiasKv = true) Layer attention;
            """);

    private static final NetworkText DECODER = NetworkText.of(
            "DecoderNet",
            "@Network @Input(name = \"target\", shape = {3, 4}) @Input(name = \"memory\", shape = {2, 4})",
            """
            @TransformerDecoderLayer(nhead = 2, dimFeedforward = 6, isCausal = true, from = {"target", "memory"}) Layer decoder;
            """);

    private static final NetworkText MASKED = NetworkText.of(
            "MaskedNet",
            "@Network(inputGradient = true) @Input(name = \"x\", shape = {2, 3}) @Input(name = \"mask\", shape = {2, 2})",
            """
            @ScaledDotProductAttention(from = {"x", "x", "x", "mask"}) Layer attention;
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(STACK, SIX, ONE, HEADS, DECODER, MASKED);

    private static GeneratedModel model(NetworkText text) {
        return BUILT.network(text).create(3, Options.defaults().threads(1));
    }

    /** Those of nn.TransformerEncoder in a field called encoder. */
    @Test
    void aRowWithANormBehindItHasTheKeysOfPyTorchsEncoder() {
        List<String> keys = List.copyOf(model(STACK).model().stateDict().keySet());

        assertThat(keys).hasSize(26);
        assertThat(keys.subList(0, 13))
                .containsExactly(
                        "encoder.layers.0.self_attn.in_proj_weight",
                        "encoder.layers.0.self_attn.in_proj_bias",
                        "encoder.layers.0.self_attn.out_proj.weight",
                        "encoder.layers.0.self_attn.out_proj.bias",
                        "encoder.layers.0.linear1.weight",
                        "encoder.layers.0.linear1.bias",
                        "encoder.layers.0.linear2.weight",
                        "encoder.layers.0.linear2.bias",
                        "encoder.layers.0.norm1.weight",
                        "encoder.layers.0.norm1.bias",
                        "encoder.layers.0.norm2.weight",
                        "encoder.layers.0.norm2.bias",
                        "encoder.layers.1.self_attn.in_proj_weight");
        assertThat(keys.subList(23, 26))
                .containsExactly("encoder.layers.1.norm2.bias", "encoder.norm.weight", "encoder.norm.bias");
    }

    /** Where the first is not the last, there is none that only a third has. */
    @Test
    void equalLayersHaveOneSetOfKernels() {
        assertThat(kernels("SixNet")).hasSizeGreaterThan(20).hasSameSizeAs(kernels("StackNet"));
    }

    private static List<String> kernels(String network) {
        return BUILT.classes().entrySet().stream()
                .filter(each -> each.getKey().endsWith(network + "VectorKernels"))
                .flatMap(each -> ClassFile.of(each.getValue()).codeLengths().keySet().stream())
                .toList();
    }

    private static float[] first(GeneratedModel model, String key) {
        return Arrays.copyOf(model.model().stateDict().get(key).toArray(), 2);
    }

    /** Numbers of PyTorch 1.13 after {@code torch.manual_seed(3)}. */
    @Test
    void weightsAreDrawnInPyTorchsOrder() {
        GeneratedModel heads = model(HEADS);
        assertThat(first(heads, "attention.in_proj_weight"))
                .containsExactly(-0.05669260025024414f, -0.3252871632575989f);
        assertThat(first(heads, "attention.out_proj.weight"))
                .containsExactly(-0.40476715564727783f, -0.3220512866973877f);
        assertThat(first(heads, "attention.out_proj.bias")).containsOnly(0);
        assertThat(first(heads, "attention.bias_k"))
                .containsExactly(new float[] {0.31841638684272766f, 0.4584154486656189f}, within(1e-7f));
        assertThat(first(heads, "attention.bias_v"))
                .containsExactly(new float[] {0.4459247291088104f, 0.38228243589401245f}, within(1e-7f));

        GeneratedModel encoder = model(ONE);
        assertThat(first(encoder, "encoder.self_attn.in_proj_weight"))
                .containsExactly(0.18164244294166565f, -0.3493490219116211f);
        assertThat(first(encoder, "encoder.linear1.weight")).containsExactly(0.2664756178855896f, 0.22361212968826294f);
        assertThat(first(encoder, "encoder.linear2.bias")).containsExactly(-0.3735389709472656f, -0.19713377952575684f);
    }

    @Test
    void layersPrintThoseTheyAreComposedOfAsPyTorch() {
        assertThat(model(ONE).model().toString()).isEqualTo("""
                OneNet(
                  (encoder): TransformerEncoderLayer(
                    (self_attn): MultiheadAttention(
                      (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=True)
                    )
                    (linear1): Linear(in_features=4, out_features=6, bias=True)
                    (dropout): Dropout(p=0.1, inplace=False)
                    (linear2): Linear(in_features=6, out_features=4, bias=True)
                    (norm1): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=True)
                    (norm2): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=True)
                    (dropout1): Dropout(p=0.1, inplace=False)
                    (dropout2): Dropout(p=0.1, inplace=False)
                  )
                )""");
        assertThat(model(DECODER).model().toString())
                .contains(
                        "(multihead_attn): MultiheadAttention(\n      (out_proj)",
                        "(norm3): LayerNorm",
                        "(dropout3): Dropout(p=0.1, inplace=False)");
    }

    /** Two layers of an encoder drop weights, what is between the linear layers, and the results of both parts. */
    @Test
    void everyDropoutOfALayerDrawsForItself() {
        GeneratedModel model = model(STACK);
        Graph training = Lower.training(model.network(), model.network().nextValue());
        List<Integer> streams = training.nodes().stream()
                .filter(node -> node.operator() instanceof Draw)
                .map(node -> ((Draw) node.operator()).stream())
                .toList();
        assertThat(streams).hasSize(8).doesNotHaveDuplicates();

        float[] x = new float[2 * 12];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 5 - 2;
        }
        float[] evaluated = model.predict(List.of(x), 2).get("norm");
        float[] trained = model.forward(List.of(x), 2).get("norm");
        assertThat(trained).isNotEqualTo(evaluated);
    }

    /** A row of whose keys all are hidden: PyTorch's softmax divides 0 by 0. */
    @Test
    void aQueryWithoutKeysGetsZerosAndNoGradient() {
        GeneratedModel model = model(MASKED);
        float[] x = {1, 2, 3, -1, 0.5f, 4};
        float[] mask = {0, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, -Float.MAX_VALUE};
        Map<String, float[]> y = model.forward(List.of(x, mask), 1);
        assertThat(y.get("attention")).containsExactly(1, 2, 3, 0, 0, 0);
        model.backward(List.of(new float[] {1, 1, 1, 1, 1, 1}), 1);
        assertThat(model.inputGradients().get("mask").toArray()).containsOnly(0f, -0f);
        assertThat(model.inputGradients().get("x").toArray()).containsExactly(1, 1, 1, 0, 0, 0);
    }

    /** The rows before a row do not know of it. */
    @Test
    void aCausalDecoderDoesNotSeeWhatFollows() {
        GeneratedModel model = model(DECODER);
        float[] memory = {1, 0, 2, -1, 0.5f, 1, -2, 0};
        float[] target = {1, 2, 3, 4, -1, 0, 1, 0.5f, 2, 2, -3, 1};
        float[] before =
                model.predict(List.of(target, memory), 1).get("decoder").clone();
        target[9] = 7;
        float[] after = model.predict(List.of(target, memory), 1).get("decoder");
        assertThat(Arrays.copyOf(after, 8)).containsExactly(Arrays.copyOf(before, 8));
        assertThat(Arrays.copyOfRange(after, 8, 12)).isNotEqualTo(Arrays.copyOfRange(before, 8, 12));
    }
}
