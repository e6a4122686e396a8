package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A decoder layer of a transformer (Vaswani et al., arXiv:1706.03762): attention of the rows to themselves, then to those of a
 * memory, then two linear layers with an activation between them, each part added to its input and normalised.
 * {@code x = norm1(x + a(x))}, {@code x = norm2(x + b(x, memory))}, {@code y = norm3(x + f(x))} with
 * {@code a(x) = dropout1(self_attn(x))}, {@code b(x, memory) = dropout2(multihead_attn(x, memory, memory))} and
 * {@code f(x) = dropout3(linear2(dropout(activation(linear1(x)))))}; with {@link #normFirst} each part's {@code x} is normalised
 * instead of the sums.
 *
 * <p>Shape: {@code L x dModel} and a memory {@code S x dModel} to {@code L x dModel}. The batch is always first. A third input
 * is a mask that is added to the scores of the rows, {@code L x L}, a fourth one to those of the memory, {@code L x S}, both as
 * that of {@link MultiheadAttention}.
 *
 * <p>Parameters: those of {@code self_attn}, {@code multihead_attn} ({@link MultiheadAttention}), {@code linear1},
 * {@code linear2} ({@link Linear}), {@code norm1}, {@code norm2} and {@code norm3} ({@link LayerNorm}), with PyTorch's keys.
 *
 * <p>A query from which a mask hides all keys gets zeros for weights, where PyTorch has NaN.
 *
 * <p>Errors: heads that do not divide the features; {@link #dModel} that is not what arrives; a memory of other features; inputs
 * of other than two dimensions; a mask of another shape; {@link #dropout} outside 0 to 1; {@link #layerNormEps} that is not
 * above 0; lengths that are no whole number for each sample.
 *
 * <p>At run time a length below 1 or above the number of rows is refused with its sample.
 *
 * <p>PyTorch: {@code nn.TransformerDecoderLayer}; {@link #lengths} and {@link #memoryLengths} tell what
 * {@code tgt_key_padding_mask} and {@code memory_key_padding_mask} hide.
 *
 * <pre>{@code
 * @TransformerDecoderLayer(nhead = 8, isCausal = true, from = {"target", "memory"}) Layer decoder;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface TransformerDecoderLayer {
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
     * Whether a row sees those up to its own place only; all of the memory all the same.
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
     * An input of ints, of shape 1, with the number of the memory's rows that each sample has: those beyond get no weight and nothing flows
     * back to them. Left out: all.
     *
     * @return a name
     */
    String memoryLengths() default "";

    /**
     * The layers it reads, by field name or {@code "input"}: the rows, the memory, and perhaps masks of either.
     *
     * @return two to four names; leaving it out is an error
     */
    String[] from() default {};

    /** The functions of {@link TransformerDecoderLayer}. */
    enum Activation {
        /** {@code max(x, 0)}. */
        RELU,
        /** As {@link dev.netwright.annotations.GELU}, the exact one. */
        GELU
    }
}
