package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An image with other numbers of rows and columns, larger or smaller, by repeating its cells or interpolating between
 * them.
 *
 * <p>Shape: {@code C x H x W} to {@code C x Ho x Wo}, where {@code Ho x Wo} is {@link #size}, or
 * {@code floor(H * scaleFactor) x floor(W * scaleFactor)}.
 *
 * <p>Along each dimension, with {@code scale = 1 / scaleFactor}, or {@code in / out} where {@link #size} is written, as a
 * {@code float}:
 *
 * <ul>
 *   <li>{@link Mode#NEAREST}: output {@code i} is the input {@code floor(i * scale)}.
 *   <li>{@link Mode#BILINEAR}: output {@code i} lies at {@code max(0, (i + 0.5) * scale - 0.5)} between the inputs and is
 *       their mean, weighted by how near they are. With {@link #alignCorners} it lies at
 *       {@code i * (in - 1) / (out - 1)}, so that the first and the last meet.
 * </ul>
 *
 * <p>Errors: an input that is not {@code C x H x W}; both or none of {@link #size} and {@link #scaleFactor}; an output
 * without rows or columns; {@link #alignCorners} with {@link Mode#NEAREST}.
 *
 * <p>PyTorch: {@code nn.Upsample}. What {@code recompute_scale_factor} does is done by writing the {@link #size}.
 *
 * <pre>{@code
 * @Upsample(scaleFactor = 2) Layer up1;
 * @Upsample(size = {28, 28}, mode = Upsample.Mode.BILINEAR) Layer up2;
 * @Upsample(scaleFactor = {2, 1.5}, mode = Upsample.Mode.BILINEAR, alignCorners = true) Layer up3;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Upsample {
    /**
     * Height and width of the output. Left out: from {@link #scaleFactor}.
     *
     * @return one positive value for both, or height and width
     */
    int[] size() default {};

    /**
     * How many times as high and wide the output is. Left out: from {@link #size}.
     *
     * @return one positive value for both, or one for the height and one for the width
     */
    double[] scaleFactor() default {};

    /**
     * How outputs are made of inputs.
     *
     * @return the nearest one unless written
     */
    Mode mode() default Mode.NEAREST;

    /**
     * Whether the outermost cells of input and output lie at the same places, instead of their borders. For
     * {@link Mode#BILINEAR} only.
     *
     * @return false unless written
     */
    boolean alignCorners() default false;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** The ways of {@link Upsample}. */
    enum Mode {
        /** Each output is one input. */
        NEAREST,
        /** Each output is a mean of up to two rows and two columns. */
        BILINEAR
    }
}
