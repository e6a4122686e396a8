package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.StochasticDepth;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * EfficientNet's {@code MBConv6} with its shortcut (Tan and Le 2019, table 1). Keys of torchvision's {@code MBConv}.
 */
@Block
@Target(ElementType.FIELD)
public @interface ResidualMBConv6 {
    /**
     * Channels of the input, and of the output.
     *
     * @return the number of channels that arrive
     */
    int width();

    /** Stands for {@link #width} in {@link Layers}. */
    int WIDTH = Block.P1;

    /**
     * Size of the depthwise kernel; {@link #padding} goes with it.
     *
     * @return an odd number
     */
    int kernelSize() default 3;

    /** Stands for {@link #kernelSize} in {@link Layers}. */
    int KERNEL_SIZE = Block.P2;

    /**
     * Cells added on each side.
     *
     * @return {@code (kernelSize - 1) / 2} for an output of the size of the input
     */
    int padding() default 1;

    /** Stands for {@link #padding} in {@link Layers}. */
    int PADDING = Block.P3;

    /**
     * The probability that a sample passes by the block in training, see {@link StochasticDepth}.
     *
     * @return 0 to 1
     */
    double p();

    /** Stands for {@link #p} in {@link Layers}. */
    double P = Block.D1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What it is made of. */
    class Layers {
        // spotless:off
        @MBConv6(inChannels = WIDTH, outChannels = WIDTH, kernelSize = KERNEL_SIZE, padding = PADDING) Layer block;
        @StochasticDepth(p = P, mode = StochasticDepth.Mode.ROW)                                       Layer depth;
        @Add(from = {"depth", "input"})                                                                Layer sum;
        // spotless:on
    }
}
