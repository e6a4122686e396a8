package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter by itself: the same for every sample, trained like any weight.
 *
 * <p>Shape: the parameter's, as PyTorch has it; a first size of 1 in front of others stands for the batch. Its values are
 * zeros at first, or drawn as {@code @Init} says. Its key is the field's, without a part behind it.
 *
 * <p>PyTorch: {@code torch.nn.Parameter}.
 *
 * <pre>{@code
 * @Parameter(shape = {96, 1, 1}) Layer scale;
 * @Mul(from = {"linear", "scale"}) Layer scaled;
 * }</pre>
 *
 * <p>Errors: a size below 1.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Parameter {
    /**
     * The parameter's shape.
     *
     * @return positive sizes
     */
    int[] shape();
}
