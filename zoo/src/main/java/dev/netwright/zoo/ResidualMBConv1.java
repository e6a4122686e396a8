package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.StochasticDepth;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * EfficientNet's {@code MBConv1} with its shortcut (Tan and Le 2019, table 1).
 *
 * <p>Shape: {@code C x H x W}, as the input, which has {@link #width} channels.
 *
 * <p>Keys of torchvision's {@code MBConv}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ResidualMBConv1 {
    /**
     * Channels of the input, and of the output.
     *
     * @return the number of channels that arrive
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P1;

    /**
     * The probability that a sample passes by the block in training, see {@link StochasticDepth}.
     *
     * @return 0 to 1
     */
    double p();

    /** Stands for {@link #p} in the body. */
    double P = Block.D1;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @MBConv1(inChannels = WIDTH, outChannels = WIDTH)                                 Layer block;
        @StochasticDepth(p = P, mode = StochasticDepth.Mode.ROW) @Key("stochastic_depth") Layer depth;
        @Add(from = {"depth", "input"})                                                   Layer sum;
        // spotless:on

        private Layers() {}
    }
}
