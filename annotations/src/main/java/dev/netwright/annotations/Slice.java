package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A part of its input along one dimension.
 *
 * <p>Shape: the size of {@link #dim} becomes {@code end - start}; the others stay.
 *
 * <p>Errors: a part that is empty or reaches beyond the input, which PyTorch would cut short; {@link #dim} is 0, the
 * batch, or outside the shape.
 *
 * <p>PyTorch: {@code x[:, start:end]}, and {@code torch.narrow}.
 *
 * <pre>{@code
 * @Slice(end = 24)               Layer first;      // channels 0 to 23
 * @Slice(dim = -1, start = -2)   Layer edge;       // the last two columns
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Slice {
    /**
     * The dimension that is cut. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return 1, the channels, unless written
     */
    int dim() default 1;

    /**
     * The first element; negative ones count from the end.
     *
     * @return 0 unless written
     */
    int start() default 0;

    /**
     * The element behind the last; negative ones count from the end. Left out: everything from the start on.
     *
     * @return a place behind {@link #start}
     */
    int end() default 0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
