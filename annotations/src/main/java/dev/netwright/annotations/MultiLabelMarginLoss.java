package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A hinge for samples that are of several classes: how far each class that a sample is not of is from being 1 below each
 * that it is of. For scores {@code x} of {@code C} classes and the labels {@code y},
 *
 * <pre>{@code
 * sum over j in y, i not in y of max(0, 1 - (x[j] - x[i])) / C
 * }</pre>
 *
 * <p>Shape: a vector of scores. The target is an {@code int[]} of {@code n * C} classes, from 0: of each sample its
 * labels and, where they are fewer than {@code C}, -1 behind the last; what follows is not read. {@link Reduction#MEAN}
 * divides by {@code n}.
 *
 * <p>Errors: scores that are no vector.
 *
 * <p>PyTorch: {@code nn.MultiLabelMarginLoss}.
 *
 * <pre>{@code
 * @Network(input = {3, 64, 64})
 * @MultiLabelMarginLoss
 * class Tags { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(MultiLabelMarginLoss.List.class)
@Target(ElementType.TYPE)
public @interface MultiLabelMarginLoss {
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
        MultiLabelMarginLoss[] value();
    }
}
