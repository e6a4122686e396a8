package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Channels laid out as pixels: an image with fewer channels and more rows and columns, as the last layer of a network for
 * super-resolution.
 *
 * <p>With {@code r} for {@link #upscaleFactor}, channel {@code c * r * r + i * r + j} of the input, row {@code h} and
 * column {@code w}, is channel {@code c}, row {@code h * r + i} and column {@code w * r + j} of the output.
 *
 * <p>Shape: {@code (C * r * r) x H x W} to {@code C x (H * r) x (W * r)}.
 *
 * <p>Errors: an input that is not {@code C x H x W}; channels that {@code r * r} does not divide.
 *
 * <p>PyTorch: {@code nn.PixelShuffle}.
 *
 * <pre>{@code
 * @Conv2d(outChannels = 12, kernelSize = 3, padding = 1) Layer features;
 * @PixelShuffle(upscaleFactor = 2)                       Layer larger;     // 12 x H x W to 3 x 2H x 2W
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface PixelShuffle {
    /**
     * How many times as high and wide the output is.
     *
     * @return a positive number whose square divides the channels
     */
    int upscaleFactor();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
