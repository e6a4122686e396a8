package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The opposite sides of a sequence put around it: {@code b c | a b c | a b}.
 *
 * <p>Shape: {@code C x L}; {@code L} grows by its two amounts of {@link #padding}.
 *
 * <p>Errors: an input that is not {@code C x L}; a negative amount; one larger than the dimension.
 *
 * <p>PyTorch: {@code nn.CircularPad1d}.
 *
 * <pre>{@code
 * @CircularPad1d(padding = {2, 1}) Layer border;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface CircularPad1d {
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
