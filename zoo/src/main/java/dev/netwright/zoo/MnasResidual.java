package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * MnasNet's {@code MBConv} with its shortcut (Tan et al. 2018, figure 7c).
 *
 * <p>Shape: {@code C x H x W}, as the input, which has {@link #width} channels.
 *
 * <p>Keys of torchvision's {@code mnasnet._InvertedResidual}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MnasResidual {
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
     * Size of the depthwise kernel; {@link #padding} goes with it.
     *
     * @return an odd number
     */
    int kernelSize() default 3;

    /** Stands for {@link #kernelSize} in the body. */
    int KERNEL_SIZE = Block.P3;

    /**
     * Cells added on each side.
     *
     * @return {@code (kernelSize - 1) / 2} for an output of the size of the input
     */
    int padding() default 1;

    /** Stands for {@link #padding} in the body. */
    int PADDING = Block.P4;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2d(outChannels = EXPANDED, kernelSize = 1, bias = false)                                                 @Key("layers.0") Layer expand;
        @BatchNorm2d(momentum = 1 - 0.9997)                                                                           @Key("layers.1") Layer bn1;
        @ReLU                                                                                                         @Key("layers.2") Layer relu1;
        @Conv2d(outChannels = EXPANDED, kernelSize = KERNEL_SIZE, padding = PADDING, groups = EXPANDED, bias = false) @Key("layers.3") Layer depthwise;
        @BatchNorm2d(momentum = 1 - 0.9997)                                                                           @Key("layers.4") Layer bn2;
        @ReLU                                                                                                         @Key("layers.5") Layer relu2;
        @Conv2d(outChannels = WIDTH, kernelSize = 1, bias = false)                                                    @Key("layers.6") Layer project;
        @BatchNorm2d(momentum = 1 - 0.9997)                                                                           @Key("layers.7") Layer bn3;
        @Add(from = {"bn3", "input"})                                                                                                  Layer sum;
        // spotless:on

        private Layers() {}
    }
}
