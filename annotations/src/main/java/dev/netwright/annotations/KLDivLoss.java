package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The Kullback-Leibler divergence of a distribution, whose logarithms are the output {@code x}, from that of the
 * target {@code y}: {@code y * (log(y) - x)}, or {@code e^y * (y - x)} with {@code logTarget}. A {@link LogSoftmax}
 * gives such outputs.
 *
 * <p>Shape: any. The target is a {@code float[]} of {@code n} samples in exactly the shape of the output: nothing is
 * broadcast. {@link Reduction#MEAN} divides by the number of elements, {@link Reduction#BATCHMEAN}, which is the
 * divergence by its definition, by {@code n}.
 *
 * <p>PyTorch: {@code nn.KLDivLoss}.
 *
 * <pre>{@code
 * @Network(input = 8)
 * @KLDivLoss(reduction = Reduction.BATCHMEAN)
 * class Student {
 *     @Linear(outFeatures = 10) Layer fc;
 *     @LogSoftmax(dim = 1)      Layer log;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(KLDivLoss.List.class)
@Target(ElementType.TYPE)
public @interface KLDivLoss {
    /**
     * Whether targets are logarithms of probabilities too.
     *
     * @return false unless written
     */
    boolean logTarget() default false;

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
        KLDivLoss[] value();
    }
}
