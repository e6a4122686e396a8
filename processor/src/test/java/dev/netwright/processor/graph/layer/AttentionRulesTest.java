package dev.netwright.processor.graph.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shapes that attention and the layers of a transformer give, and those that they refuse. */
class AttentionRulesTest {
    private static final Shape ROWS = Shape.of(5, 12);
    private static final Shape MEMORY = Shape.of(3, 12);

    private static Layer layer(String annotation, Map<String, Object> written, Shape... inputs) {
        return Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(inputs));
    }

    private static LayerException refused(String annotation, Map<String, Object> written, Shape... inputs) {
        return catchThrowableOfType(LayerException.class, () -> layer(annotation, written, inputs));
    }

    @Test
    void headsAreStretched() {
        Layer layer =
                layer("ScaledDotProductAttention", Map.of(), Shape.of(4, 5, 8), Shape.of(1, 3, 8), Shape.of(4, 3, 2));
        assertThat(layer.output()).isEqualTo(Shape.of(4, 5, 2));
        assertThat(refused("ScaledDotProductAttention", Map.of(), ROWS, MEMORY))
                .hasMessage("%s takes queries, keys and values, and perhaps a mask, but is given 2 inputs");
        assertThat(refused("ScaledDotProductAttention", Map.of(), ROWS, Shape.of(3, 11), MEMORY))
                .hasMessage("%s multiplies queries with keys of as many features, but queries are 5 x 12, keys 3 x 11"
                        + " and values 3 x 12");
        assertThat(refused("ScaledDotProductAttention", Map.of(), ROWS, MEMORY, ROWS))
                .hasMessage("%s needs a value for each key, but queries are 5 x 12, keys 3 x 12 and values 5 x 12");
        assertThat(refused("ScaledDotProductAttention", Map.of(), ROWS, Shape.of(1, 3, 12), MEMORY))
                .hasMessage("%s needs matrices with the same number of dimensions, but queries are 5 x 12,"
                        + " keys 1 x 3 x 12 and values 3 x 12");
        Shape heads = Shape.of(2, 5, 8);
        assertThat(refused("ScaledDotProductAttention", Map.of(), heads, Shape.of(3, 5, 8), heads))
                .hasMessage("%s needs leading dimensions whose sizes are equal or 1, but queries are 2 x 5 x 8,"
                        + " keys 3 x 5 x 8 and values 2 x 5 x 8");
    }

    @Test
    void masksHaveTheShapeOfTheScores() {
        LayerException e = refused("ScaledDotProductAttention", Map.of(), ROWS, MEMORY, MEMORY, Shape.of(3, 5));
        assertThat(e).hasMessage("%s adds its mask to scores of 5 x 3, but the mask is 3 x 5");
        assertThat(e.fix()).isEqualTo("Give it a mask of 5 x 3, or with a 1 where it is the same.");
        assertThat(refused("MultiheadAttention", Map.of("numHeads", 2), ROWS, Shape.of(3, 5, 5)))
                .hasMessage("%s adds its mask to scores of 2 x 5 x 5, but the mask is 3 x 5 x 5");
        assertThat(refused("TransformerDecoderLayer", Map.of("nhead", 2), ROWS, MEMORY, Shape.of(5, 5), Shape.of(5, 5)))
                .hasMessage("%s adds its mask to scores of 2 x 5 x 3, but the mask is 5 x 5");
    }

    @Test
    void lengthsAreOneNumber() {
        Map<String, Object> heads = Map.of("numHeads", 2, "lengths", "length");
        assertThat(layer("MultiheadAttention", heads, ROWS, Shape.of(1)).output())
                .isEqualTo(ROWS);
        LayerException e = refused("MultiheadAttention", heads, ROWS, Shape.of(5));
        assertThat(e).hasMessage("lengths of %s are one number for each sample, but receive 5");
        assertThat(e.attribute()).isEqualTo("lengths");
        assertThat(refused(
                        "TransformerDecoderLayer",
                        Map.of("nhead", 2, "lengths", "length", "memoryLengths", "other"),
                        ROWS,
                        MEMORY,
                        Shape.of(1),
                        Shape.of(2)))
                .hasMessage("memoryLengths of %s are one number for each sample, but receive 2");
        assertThat(refused("ScaledDotProductAttention", Map.of("lengths", "length"), ROWS, MEMORY, Shape.of(1)))
                .hasMessage("%s takes queries, keys and values, and perhaps a mask, but is given 2 inputs");
    }

    @Test
    void headsDivideTheFeatures() {
        LayerException e = refused("MultiheadAttention", Map.of("numHeads", 5), ROWS);
        assertThat(e).hasMessage("5 heads do not divide the 12 features of %s");
        assertThat(e.attribute()).isEqualTo("numHeads");
        assertThat(e.fix()).isEqualTo("Write a number of heads that divides 12: 1, 2, 3, 4, 6, 12.");
        assertThat(refused("TransformerEncoderLayer", Map.of("nhead", 7), ROWS))
                .hasMessage("7 heads do not divide the 12 features of %s");
        assertThat(refused("MultiheadAttention", Map.of("numHeads", 0), ROWS).attribute())
                .isEqualTo("numHeads");
    }

    @Test
    void featuresAreWhatArrives() {
        LayerException e = refused("MultiheadAttention", Map.of("numHeads", 2, "embedDim", 16), ROWS);
        assertThat(e).hasMessage("%s expects 16 features but receives 12");
        assertThat(e.fix()).isEqualTo("Write embedDim = 12, or leave it out and it is inferred.");
        assertThat(refused("MultiheadAttention", Map.of("numHeads", 2, "vdim", 7), ROWS, MEMORY, MEMORY))
                .hasMessage("%s expects 7 features of its values but receives 12");
        assertThat(refused("MultiheadAttention", Map.of("numHeads", 2), ROWS, MEMORY, ROWS))
                .hasMessage("%s needs a value for each key, but receives 5 x 12, 3 x 12 and 5 x 12");
        assertThat(refused("MultiheadAttention", Map.of("numHeads", 2), Shape.of(12, 7, 7))
                        .fix())
                .isEqualTo("An image becomes a sequence by @Flatten(startDim = 2) and @Permute(dims = {0, 2, 1}).");
        assertThat(refused("TransformerEncoderLayer", Map.of("nhead", 2, "dModel", 10), ROWS))
                .hasMessage("%s expects 10 features but receives 12");
        assertThat(refused("TransformerDecoderLayer", Map.of("nhead", 2), ROWS, Shape.of(3, 8)))
                .hasMessage("%s needs a memory of length x 12, but receives 3 x 8");
        assertThat(refused("TransformerDecoderLayer", Map.of("nhead", 2), ROWS))
                .hasMessage("%s takes rows and a memory, and perhaps a mask of either, but is given 1 input");
    }

    /** As PyTorch's: with equal features there is one weight. */
    @Test
    void otherFeaturesOfKeysOrValuesHaveWeightsOfTheirOwn() {
        assertThat(keys(layer("MultiheadAttention", Map.of("numHeads", 3), ROWS, MEMORY, MEMORY)))
                .containsExactly("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias");
        assertThat(keys(layer(
                        "MultiheadAttention", Map.of("numHeads", 3, "addBiasKv", true), ROWS, Shape.of(3, 7), MEMORY)))
                .containsExactly(
                        "q_proj_weight",
                        "k_proj_weight",
                        "v_proj_weight",
                        "in_proj_bias",
                        "bias_k",
                        "bias_v",
                        "out_proj.weight",
                        "out_proj.bias");
    }

    private static List<String> keys(Layer layer) {
        return layer.parameters().stream().map(each -> each.name()).toList();
    }
}
