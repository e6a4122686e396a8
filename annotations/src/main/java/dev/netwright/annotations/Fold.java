package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Patches added up to an image, where they overlap too: what {@link Unfold} takes apart, and its gradient.
 *
 * <p>Shape: {@code (C * kh * kw) x L} to {@code C x H x W}, where {@code H x W} is {@link #outputSize}; the {@code L} columns
 * are as many patches as {@link Unfold} makes of such an image.
 *
 * <p>Errors: an input of other than two dimensions; rows that {@code kh * kw} does not divide; another number of columns;
 * a patch larger than the padded image.
 *
 * <p>PyTorch: {@code nn.Fold}.
 *
 * <pre>{@code
 * @Fold(outputSize = {32, 32}, kernelSize = 4, stride = 4) Layer image;     // 48 x 64 to 3 x 32 x 32
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Fold {
    /**
     * Height and width of the image.
     *
     * @return one positive value for both, or height and width
     */
    int[] outputSize();

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
