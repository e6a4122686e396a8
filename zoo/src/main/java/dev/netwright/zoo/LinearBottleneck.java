package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * MobileNetV2's block where it changes width or size, which has no shortcut (Sandler et al. 2018, table 1): six times
 * the channels, a depthwise convolution, and back without an activation. Keys of torchvision's {@code
 * InvertedResidual}.
 */
@Block
@Target(ElementType.FIELD)
public @interface LinearBottleneck {
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
     * Steps of the depthwise kernel over the input.
     *
     * @return 1, or 2 for half the height and width
     */
    int stride() default 1;

    /** Stands for {@link #stride} in {@link Layers}. */
    int STRIDE = Block.P3;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What it is made of. */
    class Layers {
        // spotless:off
        @Conv2dNormReLU6(outChannels = 6 * IN_CHANNELS)                                                                         @Key("conv.0") Layer expand;
        @Conv2dNormReLU6(outChannels = 6 * IN_CHANNELS, kernelSize = 3, stride = STRIDE, padding = 1, groups = 6 * IN_CHANNELS) @Key("conv.1") Layer depthwise;
        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = 1, bias = false)                                                       @Key("conv.2") Layer project;
        @BatchNorm2d                                                                                                            @Key("conv.3") Layer norm;
        // spotless:on
    }
}
