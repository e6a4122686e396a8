package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The layer, or block, several times in a row, each on the result of the one before and with weights of its own.
 *
 * <pre>{@code
 * @BasicBlock(width = 64) @Repeat(2) Layer layer1;                 // keys layer1.0.conv1.weight, ...
 * @DenseLayer(growth = 32) @Repeat(value = 6, key = "denselayer%d", first = 1) Layer denseblock1;
 * }</pre>
 *
 * <p>The model has them as {@code net.layer1.get(0)}, and {@code from} names one by its place: {@code "layer1.0"}. The
 * field's own name stands for the last. {@code from} of the layer itself is what the first one reads;
 * of several inputs, the others read all but the first too, such as a mask, the lengths of samples or a decoder's memory.
 *
 * <p>Errors: a value below 1 or above 1,000; a key without {@code %d}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Repeat {
    /**
     * How often.
     *
     * @return 1 to 1,000
     */
    int value();

    /**
     * The state-dict key of each, below the field's, with {@code %d} where its number stands.
     *
     * @return the number alone unless written
     */
    String key() default "%d";

    /**
     * The number of the first, in keys.
     *
     * @return 0 unless written
     */
    int first() default 0;
}
