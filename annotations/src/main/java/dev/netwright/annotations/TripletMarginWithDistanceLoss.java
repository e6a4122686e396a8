package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@link TripletMarginLoss} with a distance of your own: {@code max(0, d(anchor, positive) - d(anchor, negative) + margin)}.
 *
 * <p>The distance is a class with the methods of an operator of two inputs, as {@link Custom} describes. Of two samples,
 * {@code forward} writes a number for each row, which are the vectors along the last dimension:
 *
 * <pre>{@code
 * public final class Squares {
 *     public static void forward(
 *             float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int[] aShape, int[] bShape) { ... }
 *
 *     public static void backward(
 *             float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, float[] yGradient,
 *             int yGradientOffset, float[] aGradient, int aGradientOffset, float[] bGradient, int bGradientOffset,
 *             int[] aShape, int[] bShape) { ... }
 * }
 *
 * @TripletMarginWithDistanceLoss(distance = Squares.class, of = {"anchor", "positive", "negative"})
 * }</pre>
 *
 * <p>Shape: three outputs of one shape, vectors along the last dimension. There is no target. {@link Reduction#MEAN} divides
 * by the number of triplets.
 *
 * <p>Errors: outputs of different shapes, or not three; a {@code margin} that is not above 0; a class that the network
 * cannot see, or without the methods.
 *
 * <p>PyTorch: {@code nn.TripletMarginWithDistanceLoss}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(TripletMarginWithDistanceLoss.List.class)
@Target(ElementType.TYPE)
public @interface TripletMarginWithDistanceLoss {
    /**
     * The class with the distance's methods.
     *
     * @return a class that the network's package can see
     */
    Class<?> distance();

    /**
     * By how much the positive is to be nearer.
     *
     * @return 1 unless written; above 0
     */
    double margin() default 1;

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
        TripletMarginWithDistanceLoss[] value();
    }
}
