package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The cross entropy of class scores: {@link LogSoftmax} over dimension 1 and {@link NLLLoss} in one, so that it reads
 * plain scores. A {@link Softmax} before it is a mistake.
 *
 * <p>Shape: the scores are {@code C}, or {@code C x d1 x ...} with a class for each place. The target is an
 * {@code int[]} of class indices, {@code n x d1 x ...} of them, each from 0 to {@code C - 1} or {@link #ignoreIndex};
 * with {@link #probabilities} a {@code float[]} in the shape of the scores.
 *
 * <p>With {@code lp = log_softmax(scores)}, class {@code t}, weights {@code w} and smoothing {@code e}:
 *
 * <pre>{@code
 * indices:        (1 - e) * -w[t] * lp[t]  +  e / C * -sum_c w[c] * lp[c]
 * probabilities:  -sum_c ((1 - e) * p[c] + e / C) * w[c] * lp[c]
 * }</pre>
 *
 * <p>{@link Reduction#MEAN} divides by the sum of {@code w[t]} over the targets that are not ignored; with
 * {@link #probabilities} by the number of targets.
 *
 * <p>Errors: a number of weights other than {@code C}; smoothing outside 0 to 1; {@link #ignoreIndex} written together
 * with {@link #probabilities}. When running, a class index outside 0 to {@code C - 1} is refused before anything
 * changes.
 *
 * <p>PyTorch: {@code nn.CrossEntropyLoss}.
 *
 * <pre>{@code
 * @Network(input = {3, 32, 32})
 * @CrossEntropyLoss(labelSmoothing = 0.1)
 * class CifarNet { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(CrossEntropyLoss.List.class)
@Target(ElementType.TYPE)
public @interface CrossEntropyLoss {
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
     * The share of the target that is spread evenly over all classes.
     *
     * @return 0 to 1
     */
    double labelSmoothing() default 0;

    /**
     * Whether the targets are class probabilities instead of class indices.
     *
     * @return false unless written
     */
    boolean probabilities() default false;

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
        CrossEntropyLoss[] value();
    }
}
