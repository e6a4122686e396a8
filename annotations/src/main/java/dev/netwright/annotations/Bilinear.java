package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A form of two layers: {@code y_k = sum_ij a_i weight[k][i][j] b_j + bias_k}, over the last dimension.
 *
 * <p>Shape: {@code ... x in1Features} and {@code ... x in2Features} to {@code ... x outFeatures}; all but the last
 * dimension are the same.
 *
 * <p>Parameters: {@code weight} (outFeatures, in1Features, in2Features) and {@code bias} (outFeatures), both drawn
 * uniformly within {@code 1 / sqrt(in1Features)}.
 *
 * <p>Errors: other than two inputs; {@link #in1Features} or {@link #in2Features} that are not what arrives; other
 * leading dimensions.
 *
 * <p>PyTorch: {@code nn.Bilinear}.
 *
 * <pre>{@code
 * @Bilinear(outFeatures = 1, from = {"user", "item"}) Layer score;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Bilinear {
    /**
     * Features of the first input.
     *
     * @return left out: what arrives
     */
    int in1Features() default 0;

    /**
     * Features of the second input.
     *
     * @return left out: what arrives
     */
    int in2Features() default 0;

    /**
     * Features of the output.
     *
     * @return at least 1
     */
    int outFeatures();

    /**
     * Whether a bias is added.
     *
     * @return true unless written
     */
    boolean bias() default true;

    /**
     * The layers it reads, by field name or {@code "input"}, in order.
     *
     * @return two names; leaving it out is an error
     */
    String[] from() default {};
}
