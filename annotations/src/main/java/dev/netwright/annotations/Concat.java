package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Two or more layers joined along one dimension, in the order of {@link #from}.
 *
 * <p>Shape: the inputs agree in every dimension but {@link #dim}, where the output has the sum of their sizes.
 *
 * <p>Errors: fewer than two inputs, or more than 100; inputs that differ elsewhere than in {@link #dim}; {@link #dim}
 * is 0, the batch, or outside the shape.
 *
 * <p>PyTorch: {@code torch.cat}.
 *
 * <pre>{@code
 * @Concat(from = {"branch1", "branch2"}) Layer joined;      // 16 x H x W and 24 x H x W to 40 x H x W
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Concat {
    /**
     * The dimension to join along. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return 1, the channels, unless written
     */
    int dim() default 1;

    /**
     * The layers it reads, by field name or {@code "input"}, in order.
     *
     * @return at least two names; leaving it out is an error
     */
    String[] from() default {};
}
