package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The absolute error: {@code |x - y|} for output {@code x} and target {@code y}, with gradient 0 where they are equal.
 *
 * <p>Shape: any. The target is a {@code float[]} of {@code n} samples in exactly the shape of the output: nothing is
 * broadcast. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>PyTorch: {@code nn.L1Loss}.
 *
 * <pre>{@code
 * @Network(input = 8)
 * @L1Loss
 * class Regression {
 *     @Linear(outFeatures = 1) Layer fc;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(L1Loss.List.class)
@Target(ElementType.TYPE)
public @interface L1Loss {
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
        L1Loss[] value();
    }
}
