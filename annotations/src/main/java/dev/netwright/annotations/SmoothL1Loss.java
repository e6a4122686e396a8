package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The absolute error, rounded off where it is small: for output {@code x} and target {@code y}, with {@code d = |x -
 * y|},
 *
 * <pre>{@code
 * d < beta ? 0.5 * d^2 / beta : d - 0.5 * beta
 * }</pre>
 *
 * <p>It is {@link HuberLoss} with {@code delta = beta}, divided by {@code beta}.
 *
 * <p>Shape: any. The target {@code y} is a {@code float[]} of {@code n} samples in exactly the shape of the output
 * {@code x}: nothing is broadcast. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>Errors: a {@code beta} below 0.
 *
 * <p>PyTorch: {@code nn.SmoothL1Loss}.
 *
 * <pre>{@code
 * @Network(input = 8)
 * @SmoothL1Loss(beta = 0.5)
 * class Regression { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(SmoothL1Loss.List.class)
@Target(ElementType.TYPE)
public @interface SmoothL1Loss {
    /**
     * The error from which on the loss is straight; 0 for the absolute error alone, as {@link L1Loss}.
     *
     * @return 1 unless written; at least 0
     */
    double beta() default 1;

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
        SmoothL1Loss[] value();
    }
}
