package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Scaled dot-product attention: {@code y = softmax(scale * q k^T + mask) v}, the softmax over the keys (Vaswani et al.,
 * arXiv:1706.03762).
 *
 * <p>Shape: queries {@code ... x L x E}, keys {@code ... x S x E} and values {@code ... x S x Ev} to {@code ... x L x Ev};
 * usually {@code heads x length x features}. Leading dimensions have sizes that are equal or 1, which are stretched. A fourth
 * input is a mask that is added to the scores: {@code ... x L x S}, with a 1 or without dimensions where it is the same; each
 * sample has its own.
 *
 * <p>A key is hidden from a query by a mask of minus infinity, or of the lowest float. A query from which all keys are hidden
 * gets zeros, where PyTorch's softmax divides 0 by 0.
 *
 * <p>Errors: other than three or four inputs; matrices that do not fit; a mask of another shape; {@link #dropoutP} outside 0
 * to 1; lengths that are no whole number for each sample.
 *
 * <p>At run time a length below 1 or above the number of keys is refused with its sample.
 *
 * <p>PyTorch: {@code torch.nn.functional.scaled_dot_product_attention}.
 *
 * <pre>{@code
 * @ScaledDotProductAttention(isCausal = true, from = {"query", "key", "value"}) Layer heads;   // 12 x 197 x 64
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ScaledDotProductAttention {
    /**
     * The probability that a weight becomes 0 in training; the others are divided by one minus it.
     *
     * @return 0 to 1
     */
    double dropoutP() default 0;

    /**
     * Whether a query sees the keys up to its own place only.
     *
     * @return false unless written
     */
    boolean isCausal() default false;

    /**
     * What scores are multiplied by.
     *
     * @return left out: one over the root of {@code E}
     */
    double scale() default 0;

    /**
     * An input of ints, of shape 1, with the number of keys that each sample has: those beyond get no weight and nothing flows
     * back to them. Left out: all.
     *
     * @return a name
     */
    String lengths() default "";

    /**
     * The layers it reads, by field name or {@code "input"}: queries, keys, values, and perhaps a mask.
     *
     * @return three or four names; leaving it out is an error
     */
    String[] from() default {};
}
