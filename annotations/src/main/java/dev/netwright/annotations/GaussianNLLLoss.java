package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The negative log likelihood of a normal distribution, of which the network gives the mean {@code x} and the
 * variance {@code v}, for a target {@code y}:
 *
 * <pre>{@code
 * 0.5 * (log(max(v, eps)) + (x - y)^2 / max(v, eps))     // + 0.5 * log(2 * pi) with full
 * }</pre>
 *
 * <p>The gradient by a variance below {@code eps} is that at {@code eps}.
 *
 * <p>Shape: any; variances have the shape of the means, or a last dimension of 1. The target is a {@code float[]} of
 * {@code n} samples in exactly the shape of the means. {@link Reduction#MEAN} divides by the number of means.
 *
 * <p>Errors: variances of another shape; an {@code eps} that is not above 0. A variance below 0, which PyTorch
 * refuses, makes the loss NaN, which training refuses.
 *
 * <p>PyTorch: {@code nn.GaussianNLLLoss}, whose variance is an argument; here it is the second output.
 *
 * <pre>{@code
 * @Network(input = 8)
 * @GaussianNLLLoss(of = {"mean", "variance"})
 * class Uncertain {
 *     @Linear(from = "input", outFeatures = 1) @Output Layer mean;
 *     @Linear(from = "input", outFeatures = 1)         Layer score;
 *     @Sigmoid(from = "score")                 @Output Layer variance;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(GaussianNLLLoss.List.class)
@Target(ElementType.TYPE)
public @interface GaussianNLLLoss {
    /**
     * Whether the constant is added, which changes the loss and no gradient.
     *
     * @return false unless written
     */
    boolean full() default false;

    /**
     * The least variance.
     *
     * @return 1e-6 unless written; above 0
     */
    double eps() default 1e-6;

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
     * The layers whose outputs are the means and the variances, in this order.
     *
     * @return the names of fields
     */
    String[] of();

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
        GaussianNLLLoss[] value();
    }
}
