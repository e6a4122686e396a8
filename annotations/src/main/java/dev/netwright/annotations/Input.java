package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One of several inputs of a network or {@link Block}, in place of {@link Network#input}. The generated methods take them in declared
 * order.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "left", shape = {1, 28, 28})
 * @Input(name = "right", shape = {1, 28, 28})
 * class Pairs {
 *     @Concat(from = {"left", "right"}) Layer both;
 *     ...
 * }
 * }</pre>
 *
 * <p>Errors: {@link Network#input} or {@link Network#type} written as well; a name that is no Java identifier, or that
 * a layer or another input has; a shape with a size below 1; more than 100 inputs.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(Input.List.class)
@Target(ElementType.TYPE)
public @interface Input {
    /**
     * What layers call it in {@code from}.
     *
     * @return a Java identifier
     */
    String name();

    /**
     * The shape of one sample, without the batch. Left out in the body of a {@link Block}, which has the shapes that it is
     * used on, in a network that is only to be extended, and where a layer, also one in a block, or a loss takes the
     * input for its {@code lengths}, which is one number.
     *
     * @return positive sizes, such as channels, height, width
     */
    int[] shape() default {};

    /**
     * What one value of the input is, and so which array the generated methods take for it.
     *
     * @return {@code float} unless written
     */
    InputType type() default InputType.FLOAT32;

    /** The inputs of one network. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {
        /**
         * The inputs.
         *
         * @return in declared order
         */
        Input[] value();
    }
}
