package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Its input, unchanged: a name for a value, or the place of a layer that was taken out.
 *
 * <p>Shape: any. No code is generated for it.
 *
 * <p>PyTorch: {@code nn.Identity}.
 *
 * <pre>{@code
 * @Identity(from = "bn2") Layer shortcut;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Identity {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
