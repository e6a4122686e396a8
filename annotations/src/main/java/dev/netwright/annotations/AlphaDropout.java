package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Dropout for networks of {@link SELU}: what is dropped becomes the value that SELU has far below 0, and all is scaled and
 * shifted so that mean 0 and variance 1 stay so. With {@code q = 1 - p}, {@code s = -1.7580993408473766} and
 * {@code a = 1 / sqrt(q + s * s * q * p)}, in training each value becomes
 * {@code a * (s - p * s)} with probability {@link #p}, otherwise {@code a * (x - p * s)}; in evaluation nothing changes.
 * With {@code p = 1} all becomes 0, as in PyTorch.
 *
 * <p>Shape: any; the output has the shape of the input. What is dropped depends on the model's
 * seed, the step, the layer and the element only: not on the number of threads, and not on PyTorch's generator.
 *
 * <p>Errors: {@link #p} outside 0 to 1.
 *
 * <p>PyTorch: {@code nn.AlphaDropout}.
 *
 * <pre>{@code
 * @SELU Layer selu1;
 * @AlphaDropout(p = 0.1) Layer drop1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface AlphaDropout {
    /**
     * The probability of dropping a value.
     *
     * @return 0 to 1
     */
    double p() default 0.5;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
