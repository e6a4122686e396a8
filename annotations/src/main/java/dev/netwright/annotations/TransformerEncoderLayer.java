package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An encoder layer of a transformer (Vaswani et al., arXiv:1706.03762): attention of the rows to themselves, then two linear
 * layers with an activation between them, each part added to its input and normalised. {@code x = norm1(x + a(x))},
 * {@code y = norm2(x + f(x))} with {@code a(x) = dropout1(self_attn(x))} and
 * {@code f(x) = dropout2(linear2(dropout(activation(linear1(x)))))}; with {@link #normFirst}, {@code x = x + a(norm1(x))} and
 * {@code y = x + f(norm2(x))}.
 *
 * <p>Shape: {@code L x dModel} to the same. The batch is always first. A second input is a mask that is added to the scores, as
 * that of {@link MultiheadAttention}.
 *
 * <p>Parameters: those of {@code self_attn} ({@link MultiheadAttention}), {@code linear1}, {@code linear2} ({@link Linear}),
 * {@code norm1} and {@code norm2} ({@link LayerNorm}), with PyTorch's keys.
 *
 * <p>A query from which a mask hides all keys gets zeros for weights, where PyTorch has NaN.
 *
 * <p>Errors: heads that do not divide the features; {@link #dModel} that is not what arrives; an input of other than two
 * dimensions; a mask of another shape; {@link #dropout} outside 0 to 1; {@link #layerNormEps} that is not above 0; lengths that are
 * no whole number for each sample.
 *
 * <p>At run time a length below 1 or above the number of rows is refused with its sample.
 *
 * <p>PyTorch: {@code nn.TransformerEncoderLayer}; {@link #lengths} tell what {@code src_key_padding_mask} hides. Several in a row are {@code nn.TransformerEncoder} with its keys:
 * {@code encoder.layers.0.self_attn.in_proj_weight} and so on. Each starts with draws of its own, where PyTorch copies the first.
 *
 * <pre>{@code
 * @Repeat(value = 6, key = "layers.%d") @TransformerEncoderLayer(nhead = 8) Layer encoder;
 * @Key("encoder.norm") @LayerNorm(normalizedShape = 512) Layer norm;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface TransformerEncoderLayer {
    /**
     * Features of the rows.
     *
     * @return left out: what arrives
     */
    int dModel() default 0;

    /**
     * Number of heads.
     *
     * @return at least 1; divides the features
     */
    int nhead();

    /**
     * Features between the two linear layers.
     *
     * @return at least 1
     */
    int dimFeedforward() default 2048;

    /**
     * The probability of a 0 in all dropouts, those of attention's weights included.
     *
     * @return 0 to 1
     */
    double dropout() default 0.1;

    /**
     * The function between the two linear layers.
     *
     * @return ReLU unless written
     */
    Activation activation() default Activation.RELU;

    /**
     * What normalisations add to the variance.
     *
     * @return above 0
     */
    double layerNormEps() default 1e-5;

    /**
     * Whether the input of each part is normalised, and not the sum behind it.
     *
     * @return false unless written
     */
    boolean normFirst() default false;

    /**
     * Whether linear layers, projections and normalisations add biases.
     *
     * @return true unless written
     */
    boolean bias() default true;

    /**
     * Whether a row sees those up to its own place only.
     *
     * @return false unless written
     */
    boolean isCausal() default false;

    /**
     * An input of ints, of shape 1, with the number of rows that each sample has: those beyond get no weight and nothing flows
     * back to them. Left out: all.
     *
     * @return a name
     */
    String lengths() default "";

    /**
     * The layers it reads, by field name or {@code "input"}: the rows, and perhaps a mask.
     *
     * @return one or two names; left out: the layer declared before it
     */
    String[] from() default {};

    /** The functions of {@link TransformerEncoderLayer}. */
    enum Activation {
        /** {@code max(x, 0)}. */
        RELU,
        /** As {@link dev.netwright.annotations.GELU}, the exact one. */
        GELU
    }
}
