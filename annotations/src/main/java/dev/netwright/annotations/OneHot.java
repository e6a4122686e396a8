package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whole numbers as vectors that are 1 at their place and 0 elsewhere.
 *
 * <p>A number below 0, or of {@link #numClasses} or more, is all zeros, where PyTorch refuses it. There is no gradient
 * by the input.
 *
 * <p>Shape: any to the same with {@link #numClasses} behind.
 *
 * <p>Errors: {@link #numClasses} below 1.
 *
 * <p>PyTorch: {@code F.one_hot(x, num_classes).float()}.
 *
 * <pre>{@code
 * @Network(input = 16, type = InputType.INT32)
 * class Tokens {
 *     @OneHot(numClasses = 27) Layer letters; // 16 x 27
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface OneHot {
    /**
     * How many values there are, from 0.
     *
     * @return at least 1
     */
    int numClasses();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
