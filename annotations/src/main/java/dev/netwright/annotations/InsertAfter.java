package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a layer of a class that extends a network behind an inherited layer, instead of at the end.
 *
 * <pre>{@code
 * @Network(input = {3, 32, 32})
 * class WithDropout extends Base {
 *     @Dropout @InsertAfter("relu1") Layer drop1;
 * }
 * }</pre>
 *
 * <p>What followed the named layer in the chain now follows the inserted one; what names its inputs by {@code from} does so
 * still. Several behind one layer stand in the order in which they are declared.
 *
 * <p>Errors: a name that no inherited layer has; a field that replaces an inherited layer, which has a place already.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface InsertAfter {
    /**
     * The layer before.
     *
     * @return the field's name
     */
    String value();
}
