package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Dimensions of size 1 repeated. Where the reader goes through elements itself, as activations, {@link Add} and
 * {@link Mul} do, nothing is written.
 *
 * <p>Shape: {@link #sizes}, as many as the input has. {@link Add}, {@link Mul} and {@link MatMul} stretch sizes of 1
 * without it. The gradient is the sum over what was repeated.
 *
 * <p>Errors: other than one size for each dimension of the sample; one that differs from the input's, which is not 1.
 *
 * <p>PyTorch: {@code x.expand(-1, *sizes)}: the batch stays.
 *
 * <pre>{@code
 * @AdaptiveAvgPool2d(outputSize = 1) Layer mean;            // 64 x 1 x 1
 * @Expand(sizes = {Expand.KEEP, 14, 14}) Layer everywhere;  // 64 x 14 x 14
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Expand {
    /** The size of the input stays. */
    int KEEP = -1;

    /**
     * The sizes of the output, without the batch.
     *
     * @return one for each dimension of the sample
     */
    int[] sizes();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
