package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The product of two layers' matrices, sample by sample: {@code y = a b}, over the last two dimensions.
 *
 * <p>Shape: {@code ... x M x K} and {@code ... x K x N} to {@code ... x M x N}. Both have the same number of dimensions, at
 * least two; leading ones have sizes that are equal or 1, which are stretched. The gradient by an input that is stretched
 * is the sum over what it was stretched to. Sums go over {@code K} in order, whatever the threads and vectors.
 *
 * <p>Errors: other than two inputs; one with fewer than two dimensions, of which PyTorch would take the batch for one;
 * different numbers of dimensions; columns of the first that are not the rows of the second; other leading dimensions.
 *
 * <p>PyTorch: {@code torch.matmul(a, b)}, with {@code mT} for what is transposed.
 *
 * <pre>{@code
 * @MatMul(from = {"query", "key"}, transposeB = true) Layer scores;     // 12 x 197 x 64 each to 12 x 197 x 197
 * @Softmax(dim = -1) Layer shares;
 * @MatMul(from = {"shares", "value"}) Layer heads;                      // 12 x 197 x 64
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MatMul {
    /**
     * Whether the last two dimensions of the first input are exchanged before.
     *
     * @return false for PyTorch's order
     */
    boolean transposeA() default false;

    /**
     * Whether the last two dimensions of the second input are exchanged before.
     *
     * @return false for PyTorch's order
     */
    boolean transposeB() default false;

    /**
     * The layers it reads, by field name or {@code "input"}, in order.
     *
     * @return two names; leaving it out is an error
     */
    String[] from() default {};
}
