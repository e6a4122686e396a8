package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For triplets of vectors: how far an anchor is from being nearer to a positive, which it belongs to, than to a negative,
 * which it does not, by a margin.
 *
 * <pre>{@code
 * max(0, d(anchor, positive) - d(anchor, negative) + margin)      // d(a, b) = |a - b + eps|, in the p-norm
 * }</pre>
 *
 * <p>With {@code swap} the distance of the positive from the negative counts where it is less than that of the anchor.
 *
 * <p>Shape: three outputs of one shape, vectors along the last dimension. There is no target: {@code trainStep} takes
 * none for this loss. {@link Reduction#MEAN} divides by the number of triplets.
 *
 * <p>Errors: outputs of different shapes, or not three; a {@code margin} that is not above 0; a {@code p} that is not above 0; an
 * {@code eps} below 0.
 *
 * <p>PyTorch: {@code nn.TripletMarginLoss}.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "x", shape = 8)
 * @Input(name = "like", shape = 8)
 * @Input(name = "unlike", shape = 8)
 * @TripletMarginLoss(of = {"anchor", "positive", "negative"})
 * class Triplets {
 *     @Linear(from = "x", outFeatures = 16)         @Output Layer anchor;
 *     @Shared(value = "anchor", from = "like")      @Output Layer positive;
 *     @Shared(value = "anchor", from = "unlike")    @Output Layer negative;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(TripletMarginLoss.List.class)
@Target(ElementType.TYPE)
public @interface TripletMarginLoss {
    /**
     * By how much the positive is to be nearer.
     *
     * @return 1 unless written; above 0
     */
    double margin() default 1;

    /**
     * The norm that distances are measured in.
     *
     * @return 2 unless written; above 0, and {@code Double.POSITIVE_INFINITY} for the largest difference
     */
    double p() default 2;

    /**
     * Added to each difference, so that there is a gradient where vectors are equal.
     *
     * @return 1e-6 unless written; at least 0
     */
    double eps() default 1e-6;

    /**
     * Whether the distance of the positive from the negative counts where it is the lesser.
     *
     * @return false unless written
     */
    boolean swap() default false;

    /**
     * How the losses of a batch become one number.
     *
     * @return their mean unless written
     */
    Reduction reduction() default Reduction.MEAN;

    /**
     * The layers whose outputs are the anchor, the positive and the negative, in this order.
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
        TripletMarginLoss[] value();
    }
}
