package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Squared for small errors, straight for large ones, so that outliers do not outweigh the rest: for output {@code x}
 * and target {@code y}, with {@code d = |x - y|},
 *
 * <pre>{@code
 * d <= delta ? 0.5 * d^2 : delta * (d - 0.5 * delta)
 * }</pre>
 *
 * <p>Shape: any. The target {@code y} is a {@code float[]} of {@code n} samples in exactly the shape of the output
 * {@code x}: nothing is broadcast. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>Errors: a {@code delta} that is not above 0.
 *
 * <p>PyTorch: {@code nn.HuberLoss}.
 *
 * <pre>{@code
 * @Network(input = 8)
 * @HuberLoss(delta = 0.5)
 * class Regression { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(HuberLoss.List.class)
@Target(ElementType.TYPE)
public @interface HuberLoss {
    /**
     * The error from which on the loss is straight.
     *
     * @return 1 unless written; above 0
     */
    double delta() default 1;

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
        HuberLoss[] value();
    }
}
