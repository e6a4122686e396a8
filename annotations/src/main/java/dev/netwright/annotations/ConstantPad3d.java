package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cells of one value around a volume. A negative amount cuts.
 *
 * <p>Shape: {@code C x D x H x W}; each of {@code D}, {@code H}, {@code W} grows by its two amounts of {@link
 * #padding}. Dimensions before the padded ones may be none, or several.
 *
 * <p>Errors: an input of fewer than three dimensions; a dimension without a cell left; {@link #value} that is not a
 * number. Infinities are good.
 *
 * <p>PyTorch: {@code nn.ConstantPad3d}.
 *
 * <pre>{@code
 * @ConstantPad3d(padding = {1, 1, 2, 0, 0, 1}, value = 0.5) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ConstantPad3d {
    /**
     * Cells added on each side.
     *
     * @return one amount for all sides, or {@code {left, right, top, bottom, front, back}}
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
