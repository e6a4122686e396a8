package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cells added around, or cut from, the last dimensions.
 *
 * <p>Shape: each dimension grows by the two amounts given for it. {@link #padding} holds pairs in PyTorch's order, the
 * last dimension first: {@code {left, right, top, bottom, front, back}} pads width, height and channels. A negative
 * amount cuts and needs {@link PadMode#CONSTANT} or {@link PadMode#REPLICATE}.
 *
 * <p>Errors: an odd number of amounts, or more pairs than the sample has dimensions; a dimension without a cell left;
 * {@link PadMode#REFLECT} by as much as the dimension's size or more, {@link PadMode#CIRCULAR} by more; {@link #value}
 * with a mode other than {@link PadMode#CONSTANT}, or not a number. Infinities are good.
 *
 * <p>PyTorch: {@code F.pad}. Its modules are {@link ZeroPad2d}, {@link ReflectionPad2d} and their like.
 *
 * <pre>{@code
 * @Pad(padding = {1, 1, 1, 1}, mode = PadMode.REFLECT) Layer border;      // C x H x W to C x (H+2) x (W+2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Pad {
    /**
     * The amounts, in pairs, the last dimension first.
     *
     * @return two values for each padded dimension
     */
    int[] padding();

    /**
     * What the new cells hold.
     *
     * @return {@link #value} unless written
     */
    PadMode mode() default PadMode.CONSTANT;

    /**
     * The new cells of {@link PadMode#CONSTANT}.
     *
     * @return 0 unless written
     */
    double value() default 0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
