package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes layers out of what a network inherits. What followed one in the chain follows the layer before it then.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @Remove({"dropout1", "dropout2"})
 * class Plain extends Vgg16 {}
 * }</pre>
 *
 * <p>Errors: a name that no inherited layer has; a layer whose result another one still names by {@code from}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Remove {
    /**
     * The layers.
     *
     * @return their fields' names
     */
    String[] value();
}
