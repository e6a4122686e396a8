package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Channels dealt out anew, so that a grouped convolution behind it sees some of every group before it.
 *
 * <p>The channels are written down in {@link #groups} rows and read by columns: with two groups, channels
 * {@code 0 1 2 3 4 5} become {@code 0 3 1 4 2 5}.
 *
 * <p>Shape: {@code C x ...} with one or more dimensions behind the channels; the output has the shape of the input.
 *
 * <p>Errors: groups that do not divide the channels; an input of channels alone.
 *
 * <p>PyTorch: {@code nn.ChannelShuffle}.
 *
 * <pre>{@code
 * @Concat(from = {"branch1", "branch2"}) Layer both;
 * @ChannelShuffle(groups = 2)            Layer shuffled;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ChannelShuffle {
    /**
     * How many groups the channels are divided into.
     *
     * @return a divisor of the number of channels
     */
    int groups();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
