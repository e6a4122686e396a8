package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * MobileNetV2's block where it changes width or size, which has no shortcut (Sandler et al. 2018, table 1): six times
 * the channels, a depthwise convolution, and back without an activation.
 *
 * <p>Shape: {@code C x H x W} to {@code outChannels x Ho x Wo}, where height and width are divided by {@link #stride}.
 *
 * <p>Keys of torchvision's {@code InvertedResidual}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LinearBottleneck {
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
     * Steps of the depthwise kernel over the input.
     *
     * @return 1, or 2 for half the height and width
     */
    int stride() default 1;

    /** Stands for {@link #stride} in the body. */
    int STRIDE = Block.P3;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2dNormReLU6(outChannels = 6 * IN_CHANNELS)                                                                         @Key("conv.0") Layer expand;
        @Conv2dNormReLU6(outChannels = 6 * IN_CHANNELS, kernelSize = 3, stride = STRIDE, padding = 1, groups = 6 * IN_CHANNELS) @Key("conv.1") Layer depthwise;
        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = 1, bias = false)                                                       @Key("conv.2") Layer project;
        @BatchNorm2d                                                                                                            @Key("conv.3") Layer norm;
        // spotless:on

        private Layers() {}
    }
}
