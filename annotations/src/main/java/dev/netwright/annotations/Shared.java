package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A layer, or block, that has the weights of an earlier one, on another input.
 *
 * <pre>{@code
 * @Tower(from = "left")                  Layer towerA;
 * @Shared(value = "towerA", from = "right") Layer towerB;
 * @Mul(from = {"towerA", "towerB"})      Layer product;
 * }</pre>
 *
 * <p>It is declared as the other is. Weights and running statistics are one and the same: the state dict has them under the
 * first one's key, and their gradient is the sum over both uses. Each dropout draws by itself.
 *
 * <p>Errors: no earlier layer of that name; an input on which the weights would have other shapes.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Shared {
    /**
     * The layer whose weights it has.
     *
     * @return the name of a field declared before
     */
    String value();

    /**
     * What it reads, by field name or an input's.
     *
     * @return the layer before unless written
     */
    String[] from() default {};
}
