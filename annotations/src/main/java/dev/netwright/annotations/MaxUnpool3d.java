package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Values put back where a max pool found its largest ones; zeros everywhere else.
 *
 * <p>The max pool is named by {@link #indices}. Its gradient does not depend on this layer: what it reads tells only where
 * the values go.
 *
 * <p>Shape: {@code C x Do x Ho x Wo}, as the max pool makes it, to {@code C x D x H x W}, as the max pool reads it: {@link #outputSize}, or
 *
 * <pre>{@code
 * out = (in - 1) * stride - 2 * padding + kernelSize
 * }</pre>
 *
 * <p>Errors: {@link #indices} that name no {@link MaxPool3d}; windows other than its; windows that overlap, of which two
 * could put a value at one place; an input of another shape than its output, or an output of another shape than its
 * input.
 *
 * <p>PyTorch: {@code nn.MaxUnpool3d}, which is given what {@code return_indices} returns and the {@code output_size}.
 *
 * <pre>{@code
 * @MaxPool3d(kernelSize = 2)                                            Layer pool1;
 * ...
 * @MaxUnpool3d(indices = "pool1", kernelSize = 2, outputSize = {5, 5, 5}) Layer unpool1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MaxUnpool3d {
    /**
     * The max pool whose places are filled, by field name.
     *
     * @return the name of one declared before
     */
    String indices();

    /**
     * Size of the max pool's windows.
     *
     * @return one positive value, or depth, height and width
     */
    int[] kernelSize();

    /**
     * Steps of its windows. Left out: {@link #kernelSize}.
     *
     * @return one positive value, or depth, height and width
     */
    int[] stride() default {};

    /**
     * Cells that were added on each side of its input.
     *
     * @return one value, or depth, height and width
     */
    int[] padding() default 0;

    /**
     * What the max pool read behind the channels. Left out: as the formula says.
     *
     * @return one positive value, or depth, height and width
     */
    int[] outputSize() default {};

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
