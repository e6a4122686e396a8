package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * MobileNetV3's {@code bneck} with its shortcut (Howard et al. 2019, figure 4), with ReLU and a gate for each channel.
 *
 * <p>Shape: {@code C x H x W}, as the input, which has {@link #width} channels.
 *
 * <p>Keys of torchvision's {@code InvertedResidual}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ResidualBneckReLUSqueeze {
    /**
     * Channels of the depthwise convolution.
     *
     * @return a positive number
     */
    int expanded();

    /** Stands for {@link #expanded} in the body. */
    int EXPANDED = Block.P1;

    /**
     * Channels of the input, and of the output.
     *
     * @return the number of channels that arrive
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P2;

    /**
     * Channels between the two convolutions of the gate.
     *
     * @return {@link #expanded} / 4, rounded to a multiple of 8 in torchvision
     */
    int squeeze();

    /** Stands for {@link #squeeze} in the body. */
    int SQUEEZE = Block.P3;

    /**
     * Size of the depthwise kernel; {@link #padding} goes with it.
     *
     * @return an odd number
     */
    int kernelSize() default 3;

    /** Stands for {@link #kernelSize} in the body. */
    int KERNEL_SIZE = Block.P4;

    /**
     * Cells added on each side.
     *
     * @return {@code (kernelSize - 1) / 2} for an output of the size of the input
     */
    int padding() default 1;

    /** Stands for {@link #padding} in the body. */
    int PADDING = Block.P5;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @BneckReLUSqueeze(expanded = EXPANDED, outChannels = WIDTH, squeeze = SQUEEZE, kernelSize = KERNEL_SIZE, padding = PADDING) Layer block;
        @Add(from = {"block", "input"})                                                                                             Layer sum;
        // spotless:on

        private Layers() {}
    }
}
