package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Attention of several heads: queries, keys and values are projected for each head, each attends as
 * {@link ScaledDotProductAttention}, and what the heads give is projected together (Vaswani et al., arXiv:1706.03762).
 *
 * <p>Shape: {@code L x embedDim} to the same; keys {@code S x kdim} and values {@code S x vdim} where they are given. Each head
 * has {@code embedDim / numHeads} features. The batch is always first. A mask is added to the scores:
 * {@code L x S}, or {@code numHeads x L x S}, with a 1 where it is the same; each sample has its own.
 *
 * <p>Parameters: {@code in_proj_weight} (3 embedDim, embedDim), or {@code q_proj_weight}, {@code k_proj_weight} and
 * {@code v_proj_weight} where keys or values have other features, drawn uniformly by Xavier's rule; {@code in_proj_bias}
 * (3 embedDim) of zeros; {@code bias_k} and {@code bias_v} (1, 1, embedDim) where {@link #addBiasKv} says so, drawn normally by
 * Xavier's rule; {@code out_proj.weight} (embedDim, embedDim), drawn as that of {@link Linear}; {@code out_proj.bias}
 * (embedDim) of zeros. From a seed they start as PyTorch's: {@code out_proj} is drawn first.
 *
 * <p>A query from which a mask hides all keys gets zeros for weights, where PyTorch has NaN.
 *
 * <p>What queries take of keys, {@code L x S} and as many more as keys are added, is {@code from = "attention.weights"} of
 * another layer: the mean over the heads, dropped ones in training included. Make it an output by an {@link Identity}.
 *
 * <p>Errors: heads that do not divide the features; {@link #embedDim}, {@link #kdim} or {@link #vdim} that are not what
 * arrives; inputs of other than two dimensions; values that are not as many as keys; a mask of another shape;
 * {@link #dropout} outside 0 to 1; lengths that are no whole number for each sample.
 *
 * <p>At run time a length below 1 or above the number of keys is refused with its sample.
 *
 * <p>PyTorch: {@code nn.MultiheadAttention}, its results with the usual {@code need_weights} and {@code average_attn_weights}; {@link #lengths} tell what {@code key_padding_mask} hides.
 *
 * <pre>{@code
 * @MultiheadAttention(numHeads = 4) Layer attention;                                // of itself, 64 x 128
 * @MultiheadAttention(numHeads = 4, from = {"x", "memory", "memory"}) Layer cross;  // of another
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MultiheadAttention {
    /**
     * Features of the queries, and of the output.
     *
     * @return left out: what arrives
     */
    int embedDim() default 0;

    /**
     * Number of heads.
     *
     * @return at least 1; divides the features
     */
    int numHeads();

    /**
     * The probability that a weight becomes 0 in training; the others are divided by one minus it.
     *
     * @return 0 to 1
     */
    double dropout() default 0;

    /**
     * Whether projections add biases.
     *
     * @return true unless written
     */
    boolean bias() default true;

    /**
     * Whether a learned key with its value is added to those of the input; every query sees it.
     *
     * @return false unless written
     */
    boolean addBiasKv() default false;

    /**
     * Whether a key of zeros with a value of zeros is added to those of the input; every query sees it.
     *
     * @return false unless written
     */
    boolean addZeroAttn() default false;

    /**
     * Features of the keys.
     *
     * @return left out: what arrives
     */
    int kdim() default 0;

    /**
     * Features of the values.
     *
     * @return left out: what arrives
     */
    int vdim() default 0;

    /**
     * Whether a query sees the keys up to its own place only.
     *
     * @return false unless written
     */
    boolean isCausal() default false;

    /**
     * An input of ints, of shape 1, with the number of keys that each sample has: those beyond get no weight and nothing flows
     * back to them. Left out: all.
     *
     * @return a name
     */
    String lengths() default "";

    /**
     * The layers it reads, by field name or {@code "input"}: one, or queries, keys and values; behind them perhaps a mask.
     *
     * @return one to four names; left out: the layer declared before it
     */
    String[] from() default {};
}
