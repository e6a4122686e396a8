package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binary cross entropy of plain scores, as a mean over the classes of each sample: for scores {@code x} and targets
 * {@code y} of {@code C} classes, the last dimension,
 *
 * <pre>{@code
 * -sum over c of w[c] * (y[c] * log(sigmoid(x[c])) + (1 - y[c]) * log(1 - sigmoid(x[c]))) / C
 * }</pre>
 *
 * <p>Shape: at least one dimension. The target is a {@code float[]} of {@code n} samples in exactly the shape of the
 * scores, each from 0 to 1. {@link Reduction#NONE} leaves a loss for each row of classes; {@link Reduction#MEAN}
 * divides by their number.
 *
 * <p>Errors: a number of weights that is neither 1 nor the size of the last dimension.
 *
 * <p>PyTorch: {@code nn.MultiLabelSoftMarginLoss}.
 *
 * <pre>{@code
 * @Network(input = {3, 64, 64})
 * @MultiLabelSoftMarginLoss
 * class Tags { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(MultiLabelSoftMarginLoss.List.class)
@Target(ElementType.TYPE)
public @interface MultiLabelSoftMarginLoss {
    /**
     * The weight of each class. Left out: 1 for all. {@code net.classWeights(...)} gives others at run time.
     *
     * @return one value, or one for each
     */
    double[] weight() default {};

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
        MultiLabelSoftMarginLoss[] value();
    }
}
