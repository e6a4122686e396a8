package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binary cross entropy of plain scores: a sigmoid and the loss in one, exact where the sigmoid saturates. A
 * {@link Sigmoid} before it is a mistake.
 *
 * <pre>{@code
 * -w * (posWeight * y * log(sigmoid(x)) + (1 - y) * log(1 - sigmoid(x)))
 * }</pre>
 *
 * <p>Shape: any. The target {@code y} is a {@code float[]} of {@code n} samples in exactly the shape of the scores,
 * each from 0 to 1. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>Errors: a number of weights that is neither 1 nor the size of the last dimension.
 *
 * <p>PyTorch: {@code nn.BCEWithLogitsLoss}.
 *
 * <pre>{@code
 * @Network(input = {3, 64, 64})
 * @BCEWithLogitsLoss(posWeight = {2, 1, 0.5})
 * class ThreeTags { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(BCEWithLogitsLoss.List.class)
@Target(ElementType.TYPE)
public @interface BCEWithLogitsLoss {
    /**
     * The weight of each element along the last dimension. Left out: 1 for all.
     *
     * @return one value, or one for each
     */
    double[] weight() default {};

    /**
     * The weight of positive targets along the last dimension. Left out: 1 for all. {@code net.posWeight(...)} gives others
     * at run time: one for all, or as many as here; of a vector whose weights are left out, as many as it has elements.
     *
     * @return one value, or one for each
     */
    double[] posWeight() default {};

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
        BCEWithLogitsLoss[] value();
    }
}
