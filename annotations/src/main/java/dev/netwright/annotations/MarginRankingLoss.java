package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For pairs of scores {@code a} and {@code b}: the target {@code y} is 1 where {@code a} is to be the larger, -1
 * where {@code b} is.
 *
 * <pre>{@code
 * max(0, -y * (a - b) + margin)
 * }</pre>
 *
 * <p>Shape: any, the same for both. The target is a {@code float[]} of {@code n} samples in exactly that shape:
 * nothing is broadcast. {@link Reduction#MEAN} divides by the number of elements.
 *
 * <p>Errors: outputs of different shapes, or not two.
 *
 * <p>PyTorch: {@code nn.MarginRankingLoss}.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "left", shape = 8)
 * @Input(name = "right", shape = 8)
 * @MarginRankingLoss(of = {"first", "second"})
 * class Ranking {
 *     @Linear(from = "left", outFeatures = 1)   @Output Layer first;
 *     @Shared(value = "first", from = "right")  @Output Layer second;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(MarginRankingLoss.List.class)
@Target(ElementType.TYPE)
public @interface MarginRankingLoss {
    /**
     * By how much the one is to be larger.
     *
     * @return 0 unless written
     */
    double margin() default 0;

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
     * The two layers whose outputs are compared.
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
        MarginRankingLoss[] value();
    }
}
