package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Zeros around a sequence. A negative amount cuts.
 *
 * <p>Shape: {@code C x L}; {@code L} grows by its two amounts of {@link #padding}. Dimensions before the padded ones
 * may be none, or several.
 *
 * <p>Errors: an input of fewer than one dimension; a dimension without a cell left.
 *
 * <p>PyTorch: {@code nn.ZeroPad1d}.
 *
 * <pre>{@code
 * @ZeroPad1d(padding = {2, 1}) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ZeroPad1d {
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
