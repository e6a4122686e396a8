package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The borders of a volume repeated: {@code a a | a b c | c c}. A negative amount cuts.
 *
 * <p>Shape: {@code C x D x H x W}; each of {@code D}, {@code H}, {@code W} grows by its two amounts of {@link
 * #padding}.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a dimension without a cell left.
 *
 * <p>PyTorch: {@code nn.ReplicationPad3d}.
 *
 * <pre>{@code
 * @ReplicationPad3d(padding = {1, 1, 2, 0, 0, 1}) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ReplicationPad3d {
    /**
     * Cells added on each side.
     *
     * @return one amount for all sides, or {@code {left, right, top, bottom, front, back}}
     */
    int[] padding();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
