package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean over windows chosen so that the output has the given size.
 *
 * <p>Shape: {@code C x L} to {@code C x Lo}, {@code Lo} being {@link #outputSize}. Window {@code i}
 * covers the cells from {@code floor(i * in / out)} up to, not including,
 * {@code ceil((i + 1) * in / out)}; the output may be larger than the input.
 *
 * <p>Errors: an input that is not {@code C x L}; a size below 1.
 *
 * <p>PyTorch: {@code nn.AdaptiveAvgPool1d}; its {@code None} is {@link #KEEP}.
 *
 * <pre>{@code
 * @AdaptiveAvgPool1d(outputSize = 1) Layer avgpool;   // C x 1
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface AdaptiveAvgPool1d {
    /** For {@link #outputSize}: the length of the input. */
    int KEEP = -1_000_003;

    /**
     * Length of the output.
     *
     * @return one value, or {@link #KEEP} for the length of the input
     */
    int[] outputSize();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
