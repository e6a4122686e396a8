package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Dimensions in another order; the elements stay where they are as long as their readers can do with that.
 *
 * <p>Shape: dimension {@code i} of the output is dimension {@code dims[i]} of the input.
 *
 * <p>Errors: {@link #dims} that does not name each dimension once; the batch, dimension 0, anywhere but first.
 *
 * <p>PyTorch: {@code torch.permute}; as a module, {@code torchvision.ops.Permute}.
 *
 * <pre>{@code
 * @Permute(dims = {0, 2, 3, 1}) Layer channelsLast;      // C x H x W to H x W x C
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Permute {
    /**
     * The dimensions of the input in the order of the output. The batch is dimension 0 and stays first; -1 is the last.
     *
     * @return each dimension once, 0 first
     */
    int[] dims();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
