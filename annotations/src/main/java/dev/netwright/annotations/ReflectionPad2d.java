package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values mirrored at the borders of an image, the border itself not repeated: {@code c b | a b c | b a}.
 *
 * <p>Shape: {@code C x H x W}; each of {@code H}, {@code W} grows by its two amounts of {@link #padding}.
 *
 * <p>Errors: an input that is not {@code C x H x W}; a negative amount; one as large as the dimension or larger.
 *
 * <p>PyTorch: {@code nn.ReflectionPad2d}.
 *
 * <pre>{@code
 * @ReflectionPad2d(padding = {1, 1, 2, 0}) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ReflectionPad2d {
    /**
     * Cells added on each side.
     *
     * @return one amount for all sides, or {@code {left, right, top, bottom}}
     */
    int[] padding();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
