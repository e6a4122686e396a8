package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Pixels laid out as channels, which {@link PixelShuffle} undoes.
 *
 * <p>With {@code r} for {@link #downscaleFactor}, channel {@code c}, row {@code h * r + i} and column {@code w * r + j}
 * of the input is channel {@code c * r * r + i * r + j}, row {@code h} and column {@code w} of the output.
 *
 * <p>Shape: {@code C x (H * r) x (W * r)} to {@code (C * r * r) x H x W}.
 *
 * <p>Errors: an input that is not {@code C x H x W}; rows or columns that {@code r} does not divide.
 *
 * <p>PyTorch: {@code nn.PixelUnshuffle}.
 *
 * <pre>{@code
 * @PixelUnshuffle(downscaleFactor = 2) Layer smaller;     // 3 x 32 x 32 to 12 x 16 x 16
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface PixelUnshuffle {
    /**
     * How many times as high and wide the input is.
     *
     * @return a positive number that divides rows and columns
     */
    int downscaleFactor();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
