package dev.netwright.zoo;

import dev.netwright.annotations.Block;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ScaledDotProductAttention;
import dev.netwright.annotations.Slice;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of the rows that a sample has, of those that there is room for: a text's features from those of its words.
 *
 * <p>Shape: {@code L x C}, and an input of ints of shape 1 with the number of rows that count, to {@code C}. It is attention that
 * takes as much of each of them: scores that are multiplied by 0.
 *
 * <pre>{@code
 * @MaskedMean(from = {"encoder", "length"}) Layer mean;
 * }</pre>
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MaskedMean {
    /**
     * What the block reads: the rows, and how many of them count.
     *
     * @return two names
     */
    String[] from();

    /** The body. */
    @Input(name = "rows")
    @Input(name = "length")
    final class Layers {
        // spotless:off
        @Slice(end = 1, from = "rows")                                                                   Layer first;
        @ScaledDotProductAttention(scale = 0, lengths = "length", from = {"first", "rows", "rows"})      Layer row;
        @Flatten                                                                                         Layer mean;
        // spotless:on

        private Layers() {}
    }
}
