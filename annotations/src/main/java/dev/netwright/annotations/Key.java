package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The layer's name in the state dict, where it differs from the field's: to read files whose names are not Java's.
 *
 * <pre>{@code
 * @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) @Key("features.0") Layer conv1;
 * }</pre>
 *
 * <p>Here the parameters are {@code features.0.weight} and {@code features.0.bias}.
 *
 * <p>Errors: a key that two layers have; an empty key or an empty part between dots; more than 1,000 characters. Any
 * character may stand in it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Key {
    /**
     * The name, with dots between the parts.
     *
     * @return the prefix of this layer's parameters
     */
    String value();
}
