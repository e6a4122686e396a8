package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The channels of each pixel turned into shares that add up to 1: {@link Softmax} with {@code dim = 1}, for images alone.
 *
 * <p>Shape: channels x rows x columns; the output has the shape of the input.
 *
 * <p>Errors: the input has another number of dimensions.
 *
 * <p>PyTorch: {@code nn.Softmax2d}.
 *
 * <pre>{@code
 * @Conv2d(outChannels = 5, kernelSize = 1) Layer scores;
 * @Softmax2d Layer classes;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Softmax2d {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
