package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The piecewise form of the hyperbolic tangent: {@code min(max(x, minVal), maxVal)}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at both bounds is 0.
 *
 * <p>Errors: {@link #minVal} is not below {@link #maxVal}, or one of them is NaN.
 *
 * <p>PyTorch: {@code nn.Hardtanh}. Its {@code inplace} flag has no counterpart: the compiler decides where a result
 * is kept.
 *
 * <pre>{@code
 * @Hardtanh(minVal = 0, maxVal = 6) Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Hardtanh {
    /**
     * The lower bound.
     *
     * @return -1 unless written; may be infinite
     */
    double minVal() default -1.0;

    /**
     * The upper bound.
     *
     * @return 1 unless written; may be infinite
     */
    double maxVal() default 1.0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
