package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A hinge for classes: how far the score of each other class is from being below the target's by a margin. For scores
 * {@code x} of {@code C} classes and the target {@code y},
 *
 * <pre>{@code
 * w[y] * sum over c other than y of max(0, margin - x[y] + x[c])^p / C
 * }</pre>
 *
 * <p>Shape: a vector of scores. The target is an {@code int[]} of {@code n} classes, from 0. {@link Reduction#MEAN}
 * divides by {@code n}, whatever the weights.
 *
 * <p>Errors: scores that are no vector; a {@code p} other than 1 and 2; a number of weights other than that of the
 * classes.
 *
 * <p>PyTorch: {@code nn.MultiMarginLoss}.
 *
 * <pre>{@code
 * @Network(input = {3, 64, 64})
 * @MultiMarginLoss(p = 2)
 * class Classes { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(MultiMarginLoss.List.class)
@Target(ElementType.TYPE)
public @interface MultiMarginLoss {
    /**
     * What distances are raised to.
     *
     * @return 1 unless written; 1 or 2
     */
    int p() default 1;

    /**
     * By how much the target's score is to be the largest.
     *
     * @return 1 unless written
     */
    double margin() default 1;

    /**
     * What the loss of a sample is multiplied by, for each class that it may be of. Left out: 1 for all.
     * {@code net.classWeights(...)} gives others at run time.
     *
     * @return one value for each class
     */
    double[] weight() default {};

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
        MultiMarginLoss[] value();
    }
}
