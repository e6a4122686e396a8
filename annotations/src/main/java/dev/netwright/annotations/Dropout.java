package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In training, each value becomes 0 with probability {@link #p} and is otherwise divided by {@code 1 - p}; in
 * evaluation nothing changes.
 *
 * <p>Shape: any; the output has the shape of the input. Which values become 0 depends on the model's seed, the step,
 * the layer and the element only: not on the number of threads, and not on PyTorch's generator.
 *
 * <p>Errors: {@link #p} outside 0 to 1.
 *
 * <p>PyTorch: {@code nn.Dropout}.
 *
 * <pre>{@code
 * @Dropout(p = 0.2) Layer drop1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Dropout {
    /**
     * The probability of a 0.
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
