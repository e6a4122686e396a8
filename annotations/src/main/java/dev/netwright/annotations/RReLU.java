package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The randomised leaky rectifier: {@code x > 0 ? x : slope * x}, where in training each element's slope is drawn uniformly
 * from {@link #lower} to {@link #upper}, and in evaluation it is their mean.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at 0 is the slope. What is drawn depends on the model's
 * seed, the step, the layer and the element only: not on the number of threads, and not on PyTorch's generator.
 *
 * <p>Errors: {@link #lower} above {@link #upper}.
 *
 * <p>PyTorch: {@code nn.RReLU}.
 *
 * <pre>{@code
 * @RReLU(lower = 0.1, upper = 0.3) Layer relu1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface RReLU {
    /**
     * The least slope.
     *
     * @return 1/8 unless written
     */
    double lower() default 1.0 / 8;

    /**
     * The largest slope.
     *
     * @return 1/3 unless written
     */
    double upper() default 1.0 / 3;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
