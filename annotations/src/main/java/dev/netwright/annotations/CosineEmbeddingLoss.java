package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For pairs of vectors that are to be alike, whose target {@code y} is 1, or not, where it is -1: with the cosine of
 * the angle between them,
 *
 * <pre>{@code
 * y == 1 ? 1 - cos(a, b) : max(0, cos(a, b) - margin)
 * }</pre>
 *
 * <p>Of any other target it is 0. Squared lengths have 1e-12 added, so that vectors of zeros have a cosine.
 *
 * <p>Shape: two vectors of one size. The target is a {@code float[]} of {@code n} numbers. {@link Reduction#MEAN}
 * divides by {@code n}.
 *
 * <p>Errors: outputs of different shapes, or not two; outputs that are no vectors.
 *
 * <p>PyTorch: {@code nn.CosineEmbeddingLoss}.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "left", shape = 8)
 * @Input(name = "right", shape = 8)
 * @CosineEmbeddingLoss(of = {"a", "b"}, margin = 0.2)
 * class Pairs {
 *     @Linear(from = "left", outFeatures = 16) @Output Layer a;
 *     @Shared(value = "a", from = "right")     @Output Layer b;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(CosineEmbeddingLoss.List.class)
@Target(ElementType.TYPE)
public @interface CosineEmbeddingLoss {
    /**
     * The cosine up to which vectors that are not to be alike cost nothing.
     *
     * @return 0 unless written; from -1 to 1 makes sense
     */
    double margin() default 0;

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
        CosineEmbeddingLoss[] value();
    }
}
