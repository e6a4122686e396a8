package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The negative log likelihood of counts {@code y}, where the output {@code x} is the logarithm of the expected count,
 * or that count itself:
 *
 * <pre>{@code
 * e^x - y * x                    // logInput
 * x - y * log(x + eps)           // otherwise
 * + y * log(y) - y + 0.5 * log(2 * pi * y)   // with full, for y > 1
 * }</pre>
 *
 * <p>Shape: any. The target {@code y} is a {@code float[]} of {@code n} samples in exactly the shape of the output
 * {@code x}: nothing is broadcast. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>Errors: an {@code eps} below 0.
 *
 * <p>PyTorch: {@code nn.PoissonNLLLoss}.
 *
 * <pre>{@code
 * @Network(input = 8)
 * @PoissonNLLLoss
 * class Visits { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(PoissonNLLLoss.List.class)
@Target(ElementType.TYPE)
public @interface PoissonNLLLoss {
    /**
     * Whether outputs are logarithms of the expected counts.
     *
     * @return true unless written
     */
    boolean logInput() default true;

    /**
     * Whether Stirling's approximation of {@code log(y!)} is added, which changes the loss and no gradient.
     *
     * @return false unless written
     */
    boolean full() default false;

    /**
     * Keeps the logarithm of 0 away where {@code logInput = false}.
     *
     * @return 1e-8 unless written; at least 0
     */
    double eps() default 1e-8;

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
        PoissonNLLLoss[] value();
    }
}
