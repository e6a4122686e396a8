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
 * MobileNetV3's {@code bneck} without its shortcut (Howard et al. 2019, figure 4), with hardswish.
 *
 * <p>Shape: {@code C x H x W} to {@code outChannels x Ho x Wo}, where height and width are divided by {@link #stride}.
 *
 * <p>Keys of the {@code block} within torchvision's {@code InvertedResidual}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface BneckHardswish {
    /**
     * Channels of the depthwise convolution.
     *
     * @return a positive number
     */
    int expanded();

    /** Stands for {@link #expanded} in the body. */
    int EXPANDED = Block.P1;

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
        @Conv2dNormHardswish(outChannels = EXPANDED, eps = 0.001, momentum = 0.01)                                                                                  @Key("0") Layer expand;
        @Conv2dNormHardswish(outChannels = EXPANDED, kernelSize = KERNEL_SIZE, stride = STRIDE, padding = PADDING, groups = EXPANDED, eps = 0.001, momentum = 0.01) @Key("1") Layer depthwise;
        @Conv2dNorm(outChannels = OUT_CHANNELS, eps = 0.001, momentum = 0.01)                                                                                       @Key("2") Layer project;
        // spotless:on

        private Layers() {}
    }
}
