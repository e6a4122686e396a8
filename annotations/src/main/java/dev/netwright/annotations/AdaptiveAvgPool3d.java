package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean over windows chosen so that the output has the given size.
 *
 * <p>Shape: {@code C x D x H x W} to {@code C x Do x Ho x Wo}, {@code Do x Ho x Wo} being {@link #outputSize}. Along a
 * dimension, window {@code i} covers the cells from {@code floor(i * in / out)} up to, not including,
 * {@code ceil((i + 1) * in / out)}; the output may be larger than the input.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a size below 1.
 *
 * <p>PyTorch: {@code nn.AdaptiveAvgPool3d}; its {@code None} is {@link #KEEP}.
 *
 * <pre>{@code
 * @AdaptiveAvgPool3d(outputSize = 1) Layer avgpool;                           // C x 1 x 1 x 1
 * @AdaptiveAvgPool3d(outputSize = {AdaptiveAvgPool3d.KEEP, 7, 7}) Layer planes; // C x D x 7 x 7
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface AdaptiveAvgPool3d {
    /** For {@link #outputSize}: the size of the input along that dimension. */
    int KEEP = -1_000_003;

    /**
     * Depth, height and width of the output.
     *
     * @return one value for all, or depth, height and width; {@link #KEEP} for the size of the input
     */
    int[] outputSize();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
