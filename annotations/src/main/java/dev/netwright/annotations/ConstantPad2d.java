package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cells of one value around an image. A negative amount cuts.
 *
 * <p>Shape: {@code C x H x W}; each of {@code H}, {@code W} grows by its two amounts of {@link #padding}. Dimensions
 * before the padded ones may be none, or several.
 *
 * <p>Errors: an input of fewer than two dimensions; a dimension without a cell left; {@link #value} that is not a
 * number. Infinities are good.
 *
 * <p>PyTorch: {@code nn.ConstantPad2d}.
 *
 * <pre>{@code
 * @ConstantPad2d(padding = {1, 1, 2, 0}, value = 0.5) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ConstantPad2d {
    /**
     * Cells added on each side.
     *
     * @return one amount for all sides, or {@code {left, right, top, bottom}}
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
