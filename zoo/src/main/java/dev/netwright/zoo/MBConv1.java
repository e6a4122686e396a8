package dev.netwright.zoo;

import dev.netwright.annotations.Block;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * EfficientNet's {@code MBConv1} without a shortcut (Tan and Le 2019, table 1): a depthwise convolution of 3 x 3 on as
 * many channels as arrive, a gate, a projection. Keys of the {@code block} within torchvision's {@code MBConv}.
 */
@Block
@Target(ElementType.FIELD)
public @interface MBConv1 {
    /**
     * Channels of the input.
     *
     * @return the number of channels that arrive
     */
    int inChannels();

    /** Stands for {@link #inChannels} in {@link Layers}. */
    int IN_CHANNELS = Block.P1;

    /**
     * Channels of the output.
     *
     * @return a positive number
     */
    int outChannels();

    /** Stands for {@link #outChannels} in {@link Layers}. */
    int OUT_CHANNELS = Block.P2;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What it is made of. */
    class Layers {
        // spotless:off
        @Conv2dNormSiLU(outChannels = IN_CHANNELS, kernelSize = 3, padding = 1, groups = IN_CHANNELS) @Key("0") Layer depthwise;
        @SqueezeExcitationSiLU(channels = IN_CHANNELS, squeeze = IN_CHANNELS / 4)                     @Key("1") Layer gate;
        @Conv2dNorm(outChannels = OUT_CHANNELS)                                                       @Key("2") Layer project;
        // spotless:on
    }
}
