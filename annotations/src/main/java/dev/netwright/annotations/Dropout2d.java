package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In training, each channel of an image becomes 0 as a whole with probability {@link #p} and is otherwise divided by
 * {@code 1 - p}; in evaluation nothing changes. For what neighbours tell of each other, where {@link Dropout} drops little.
 *
 * <p>Shape: channels x rows x columns; the output has the shape of the input. Which channels of a sample become 0 depends on the
 * model's seed, the step, the layer and the channel only: not on the number of threads, and not on PyTorch's generator.
 *
 * <p>Errors: {@link #p} outside 0 to 1; the input has another number of dimensions.
 *
 * <p>PyTorch: {@code nn.Dropout2d}.
 *
 * <pre>{@code
 * @Conv2d(outChannels = 32, kernelSize = 3) Layer conv1;
 * @Dropout2d(p = 0.2) Layer drop1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Dropout2d {
    /**
     * The probability of a channel of zeros.
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
