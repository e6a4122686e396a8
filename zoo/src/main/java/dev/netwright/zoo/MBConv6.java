package dev.netwright.zoo;

import dev.netwright.annotations.Block;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * EfficientNet's {@code MBConv6} without a shortcut (Tan and Le 2019, table 1): six times the channels, a depthwise
 * convolution, a gate, a projection.
 *
 * <p>Shape: {@code inChannels x H x W} to {@code outChannels x Ho x Wo}, where height and width are divided by {@link
 * #stride}.
 *
 * <p>Keys of the {@code block} within torchvision's {@code MBConv}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MBConv6 {
    /**
     * Channels of the input.
     *
     * @return the number of channels that arrive
     */
    int inChannels();

    /** Stands for {@link #inChannels} in the body. */
    int IN_CHANNELS = Block.P1;

    /**
     * Channels of the output.
     *
     * @return a positive number
     */
    int outChannels();

    /** Stands for {@link #outChannels} in the body. */
    int OUT_CHANNELS = Block.P2;

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
     * Steps of the depthwise kernel over the input.
     *
     * @return 1, or 2 for half the height and width
     */
    int stride() default 1;

    /** Stands for {@link #stride} in the body. */
    int STRIDE = Block.P5;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2dNormSiLU(outChannels = 6 * IN_CHANNELS)                                                                                         @Key("0") Layer expand;
        @Conv2dNormSiLU(outChannels = 6 * IN_CHANNELS, kernelSize = KERNEL_SIZE, stride = STRIDE, padding = PADDING, groups = 6 * IN_CHANNELS) @Key("1") Layer depthwise;
        @SqueezeExcitationSiLU(channels = 6 * IN_CHANNELS, squeeze = IN_CHANNELS / 4)                                                          @Key("2") Layer gate;
        @Conv2dNorm(outChannels = OUT_CHANNELS)                                                                                                @Key("3") Layer project;
        // spotless:on

        private Layers() {}
    }
}
