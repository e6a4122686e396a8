package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binary cross entropy of probabilities, such as a {@link Sigmoid} gives. {@link BCEWithLogitsLoss}, of scores, is
 * exact where a sigmoid saturates, and the better choice where there is one.
 *
 * <pre>{@code
 * -w * (y * log(x) + (1 - y) * log(1 - x))
 * }</pre>
 *
 * <p>Logarithms below -100 count as -100, and the gradient is {@code (x - y) / max(x * (1 - x), 1e-12)}.
 *
 * <p>Shape: any. The target {@code y} is a {@code float[]} of {@code n} samples in exactly the shape of the output
 * {@code x}, each from 0 to 1. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>Errors: a number of weights that is neither 1 nor the size of the last dimension. A probability outside 0 to 1,
 * which PyTorch refuses, makes the loss NaN, which training refuses.
 *
 * <p>PyTorch: {@code nn.BCELoss}.
 *
 * <pre>{@code
 * @Network(input = {3, 64, 64})
 * @BCELoss
 * class Tags {
 *     ...
 *     @Sigmoid Layer probabilities;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(BCELoss.List.class)
@Target(ElementType.TYPE)
public @interface BCELoss {
    /**
     * The weight of each element along the last dimension. Left out: 1 for all.
     *
     * @return one value, or one for each
     */
    double[] weight() default {};

    /**
     * The input that says how many steps of each sample count, from 1 to the steps there are: steps are the first dimension
     * of the losses. Those beyond have the loss 0, no gradient, and no share in the number that {@link Reduction#MEAN}
     * divides by, which is that of the whole batch. Left out: all.
     *
     * @return the name of an {@code @Input} of one {@code INT32}
     */
    String lengths() default "";

    /**
     * How the losses of a batch become one number.
     *
     * @return their mean unless written
     */
    Reduction reduction() default Reduction.MEAN;

    /**
     * The layer whose output is judged. Left out: the output of the network, if there is one only.
     *
     * @return the name of a field
     */
    String of() default "";

    /**
     * What this loss is multiplied by in the sum of all losses.
     *
     * @return 1 unless written
     */
    double scale() default 1;

    /** Several losses of this kind on one network. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {
        /**
         * The losses.
         *
         * @return in declared order
         */
        BCELoss[] value();
    }
}
