package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Several dimensions made one, in row-major order, as {@link Linear} needs them.
 *
 * <p>Shape: with the defaults {@code C x H x W} to {@code C*H*W}. Dimensions count the batch as 0, so the defaults keep
 * one row per sample; -1 is the last.
 *
 * <p>Errors: {@link #startDim} is 0, the batch, or lies behind {@link #endDim}; either is outside the shape.
 *
 * <p>PyTorch: {@code nn.Flatten}.
 *
 * <pre>{@code
 * @MaxPool2d(kernelSize = 2) Layer pool3;      // 64 x 4 x 4
 * @Flatten Layer flatten;                      // 1024
 * @Linear(outFeatures = 64) Layer fc1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Flatten {
    /**
     * The first dimension to join.
     *
     * @return 1 unless written
     */
    int startDim() default 1;

    /**
     * The last dimension to join.
     *
     * @return -1, the last one, unless written
     */
    int endDim() default -1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
