package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For distances {@code x} of pairs that belong together, whose target {@code y} is 1, or do not, where it is -1:
 *
 * <pre>{@code
 * y == 1 ? x : max(0, margin - x)
 * }</pre>
 *
 * <p>Of any other target it is the sum of both. The gradient where {@code x} is the margin is that below it.
 *
 * <p>Shape: any. The target {@code y} is a {@code float[]} of {@code n} samples in exactly the shape of the output
 * {@code x}: nothing is broadcast. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>PyTorch: {@code nn.HingeEmbeddingLoss}.
 *
 * <pre>{@code
 * @Network(input = 8)
 * @HingeEmbeddingLoss(margin = 2)
 * class Distances { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(HingeEmbeddingLoss.List.class)
@Target(ElementType.TYPE)
public @interface HingeEmbeddingLoss {
    /**
     * The distance from which on pairs that do not belong together cost nothing.
     *
     * @return 1 unless written
     */
    double margin() default 1;

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
        HingeEmbeddingLoss[] value();
    }
}
