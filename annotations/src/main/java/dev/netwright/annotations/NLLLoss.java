package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The negative log likelihood: {@code -w[t] * x[t]} for log-probabilities {@code x}, as {@link LogSoftmax} gives them,
 * and class {@code t}.
 *
 * <p>Shape: {@code C}, or {@code C x d1 x ...} with a class for each place. The target is an {@code int[]} of class
 * indices, {@code n x d1 x ...} of them, each from 0 to {@code C - 1} or {@link #ignoreIndex}.
 *
 * <p>{@link Reduction#MEAN} divides by the sum of {@code w[t]} over the targets that are not ignored.
 *
 * <p>Errors: a number of weights other than {@code C}. When running, a class index outside 0 to {@code C - 1} is
 * refused before anything changes.
 *
 * <p>PyTorch: {@code nn.NLLLoss}.
 *
 * <pre>{@code
 * @Network(input = 784)
 * @NLLLoss
 * class Digits {
 *     @Linear(outFeatures = 10) Layer fc;
 *     @LogSoftmax(dim = 1) Layer logProbabilities;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(NLLLoss.List.class)
@Target(ElementType.TYPE)
public @interface NLLLoss {
    /**
     * The weight of each class. Left out: 1 for all. {@code net.classWeights(...)} gives others at run time.
     *
     * @return one value per class
     */
    double[] weight() default {};

    /**
     * The target whose samples count neither in the sum nor in the mean.
     *
     * @return -100, which is no class, unless written
     */
    int ignoreIndex() default -100;

    /**
     * The input that says how many steps of each sample count, from 1 to the steps there are: steps are the first dimension
     * of the losses. Those beyond have the loss 0, no gradient, and no share in the number that {@link Reduction#MEAN}
     * divides by, which is that of the whole batch; their targets must be classes too, or {@link #ignoreIndex}. Left out: all.
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
        NLLLoss[] value();
    }
}
