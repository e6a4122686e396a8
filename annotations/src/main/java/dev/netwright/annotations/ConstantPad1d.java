package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cells of one value around a sequence. A negative amount cuts.
 *
 * <p>Shape: {@code C x L}; {@code L} grows by its two amounts of {@link #padding}. Dimensions before the padded ones
 * may be none, or several.
 *
 * <p>Errors: an input of fewer than one dimension; a dimension without a cell left; {@link #value} that is not a
 * number. Infinities are good.
 *
 * <p>PyTorch: {@code nn.ConstantPad1d}.
 *
 * <pre>{@code
 * @ConstantPad1d(padding = {2, 1}, value = 0.5) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ConstantPad1d {
    /**
     * Cells added on each side.
     *
     * @return one amount for all sides, or {@code {left, right}}
     */
    int[] padding();

    /**
     * What the new cells hold.
     *
     * @return any number but NaN
     */
    double value();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
