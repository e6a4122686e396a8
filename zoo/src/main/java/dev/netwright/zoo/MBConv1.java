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
 * EfficientNet's {@code MBConv1} without a shortcut (Tan and Le 2019, table 1): a depthwise convolution of 3 x 3 on as
 * many channels as arrive, a gate, a projection.
 *
 * <p>Shape: {@code inChannels x H x W} to {@code outChannels x H x W}.
 *
 * <p>Keys of the {@code block} within torchvision's {@code MBConv}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MBConv1 {
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
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2dNormSiLU(outChannels = IN_CHANNELS, kernelSize = 3, padding = 1, groups = IN_CHANNELS) @Key("0") Layer depthwise;
        @SqueezeExcitationSiLU(channels = IN_CHANNELS, squeeze = IN_CHANNELS / 4)                     @Key("1") Layer gate;
        @Conv2dNorm(outChannels = OUT_CHANNELS)                                                       @Key("2") Layer project;
        // spotless:on

        private Layers() {}
    }
}
