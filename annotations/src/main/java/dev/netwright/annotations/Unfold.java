package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The patches that a convolution's windows see, as columns.
 *
 * <p>Shape: {@code C x H x W} to {@code (C * kh * kw) x L}: rows are a patch's cells, channel by channel and row by row;
 * columns are the {@code L = Lh * Lw} patches, row by row, with for each of height and width
 *
 * <pre>{@code
 * L = floor((in + 2 * padding - dilation * (kernelSize - 1) - 1) / stride) + 1
 * }</pre>
 *
 * <p>Errors: an input that is not {@code C x H x W}; a patch larger than the padded input.
 *
 * <p>PyTorch: {@code nn.Unfold}. {@link Fold} adds the patches up again.
 *
 * <pre>{@code
 * @Unfold(kernelSize = 4, stride = 4)    Layer patches;     // 3 x 32 x 32 to 48 x 64
 * @Permute(dims = {0, 2, 1})             Layer tokens;      // 64 x 48
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Unfold {
    /**
     * Size of a patch.
     *
     * @return one positive value, or height and width
     */
    int[] kernelSize();

    /**
     * Distance between the cells of a patch.
     *
     * @return one positive value, or height and width
     */
    int[] dilation() default 1;

    /**
     * Zeros around the image.
     *
     * @return one value for all sides, or those above and below, and those left and right
     */
    int[] padding() default 0;

    /**
     * From one patch to the next.
     *
     * @return one positive value, or height and width
     */
    int[] stride() default 1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
