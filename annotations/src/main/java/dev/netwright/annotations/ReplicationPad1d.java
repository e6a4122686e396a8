package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The borders of a sequence repeated: {@code a a | a b c | c c}. A negative amount cuts.
 *
 * <p>Shape: {@code C x L}; {@code L} grows by its two amounts of {@link #padding}.
 *
 * <p>Errors: an input that is not {@code C x L}; a dimension without a cell left.
 *
 * <p>PyTorch: {@code nn.ReplicationPad1d}.
 *
 * <pre>{@code
 * @ReplicationPad1d(padding = {2, 1}) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ReplicationPad1d {
    /**
     * Cells added on each side.
     *
     * @return one amount for all sides, or {@code {left, right}}
     */
    int[] padding();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
