package dev.netwright.zoo;

import dev.netwright.annotations.Add;
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
 * MobileNetV2's block with a shortcut between its narrow ends (Sandler et al. 2018, figure 4d): six times the channels,
 * a depthwise convolution, and back without an activation.
 *
 * <p>Shape: {@code C x H x W}, as the input, which has {@link #width} channels.
 *
 * <p>Keys of torchvision's {@code InvertedResidual}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface InvertedResidual {
    /**
     * Channels of the input, and of the output.
     *
     * @return the number of channels that arrive
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P1;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2dNormReLU6(outChannels = 6 * WIDTH)                                                  @Key("conv.0") Layer expand;
        @Conv2dNormReLU6(outChannels = 6 * WIDTH, kernelSize = 3, padding = 1, groups = 6 * WIDTH) @Key("conv.1") Layer depthwise;
        @Conv2d(outChannels = WIDTH, kernelSize = 1, bias = false)                                 @Key("conv.2") Layer project;
        @BatchNorm2d                                                                               @Key("conv.3") Layer norm;
        @Add(from = {"norm", "input"})                                                                            Layer sum;
        // spotless:on

        private Layers() {}
    }
}
