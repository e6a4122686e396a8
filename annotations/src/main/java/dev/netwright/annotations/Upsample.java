package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A sequence, an image or a volume of another size, larger or smaller, by repeating its cells or interpolating between
 * them.
 *
 * <p>Shape: {@code C x L}, {@code C x H x W} or {@code C x D x H x W}; each size behind the channels becomes that of
 * {@link #size}, or {@code floor(size * scaleFactor)}.
 *
 * <p>Along each dimension, with {@code scale = 1 / scaleFactor}, or {@code in / out} where {@link #size} is written, as a
 * {@code float}:
 *
 * <ul>
 *   <li>{@link Mode#NEAREST}: output {@code i} is the input {@code floor(i * scale)}.
 *   <li>{@link Mode#LINEAR}, {@link Mode#BILINEAR}, {@link Mode#TRILINEAR}, of one, two and three dimensions: output
 *       {@code i} lies at {@code max(0, (i + 0.5) * scale - 0.5)} between the inputs and is their mean, weighted by how
 *       near they are. With {@link #alignCorners} it lies at {@code i * (in - 1) / (out - 1)}, so that the first and the
 *       last meet.
 *   <li>{@link Mode#BICUBIC}, of two dimensions: output {@code i} lies at {@code (i + 0.5) * scale - 0.5}, or with
 *       {@link #alignCorners} as before, and is the sum of the four inputs around it, the outermost repeated, weighted
 *       by Keys' cubic with {@code a = -0.75}.
 * </ul>
 *
 * <p>Errors: an input of other dimensions; a mode of other dimensions than the input's; both or none of {@link #size}
 * and {@link #scaleFactor}; an output without a cell; {@link #alignCorners} with {@link Mode#NEAREST}.
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
     * The sizes of the output behind the channels. Left out: from {@link #scaleFactor}.
     *
     * @return one positive value for all, or one for each
     */
    int[] size() default {};

    /**
     * How many times as large the output is in each dimension. Left out: from {@link #size}.
     *
     * @return one positive value for all, or one for each
     */
    double[] scaleFactor() default {};

    /**
     * How outputs are made of inputs.
     *
     * @return the nearest one unless written
     */
    Mode mode() default Mode.NEAREST;

    /**
     * Whether the outermost cells of input and output lie at the same places, instead of their borders. Not for
     * {@link Mode#NEAREST}.
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
        /** Each output of a sequence is a mean of up to two inputs. */
        LINEAR,
        /** Each output is a mean of up to two rows and two columns. */
        BILINEAR,
        /** Each output is a sum over up to four rows and four columns. */
        BICUBIC,
        /** Each output of a volume is a mean of up to two planes, two rows and two columns. */
        TRILINEAR
    }
}
