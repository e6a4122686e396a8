package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sum over some dimensions of each sample.
 *
 * <p>Shape: any; dimensions that are combined are left out, or have the size 1 where {@link #keepdim} says so.
 *
 * <p>Errors: {@link #dim} names 0, the batch, a dimension outside the shape, or one twice; {@link #lengths} without the
 * first dimension in {@link #dim}. At run time a length below 1 or above the number of steps is refused with its sample.
 *
 * <p>PyTorch: {@code torch.sum}.
 *
 * <pre>{@code
 * @Sum(dim = {2, 3}) Layer pooled; // 64 x 7 x 7 to 64
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Sum {
    /**
     * The dimensions that are combined. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return one or more of the sample's dimensions
     */
    int[] dim();

    /**
     * Whether combined dimensions stay, with the size 1.
     *
     * @return false unless written
     */
    boolean keepdim() default false;

    /**
     * An input of ints, of shape 1, with the number of steps that each sample has: steps are dimension 1, the first of a
     * sample, and must be among {@link #dim}. Only those within are read, the sum is of these, and nothing flows back
     * to those beyond. Left out: all steps.
     *
     * @return a name
     */
    String lengths() default "";

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
