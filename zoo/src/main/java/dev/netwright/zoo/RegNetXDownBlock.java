package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * RegNetX's block that changes width and halves height and width (Radosavovic et al. 2020, figure 4c).
 *
 * <p>Shape: {@code C x H x W} to {@code width x H/2 x W/2}, where odd sizes are rounded up.
 *
 * <p>Keys of torchvision's {@code ResBottleneckBlock}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface RegNetXDownBlock {
    /**
     * Channels of the output.
     *
     * @return a positive number
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P1;

    /**
     * Groups of the convolution of 3 x 3.
     *
     * @return {@link #width} / the group width
     */
    int groups();

    /** Stands for {@link #groups} in the body. */
    int GROUPS = Block.P2;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2dNorm(outChannels = WIDTH, stride = 2)                                                               Layer proj;
        @Conv2dNormReLU(outChannels = WIDTH, from = "input")                                           @Key("f.a") Layer a;
        @Conv2dNormReLU(outChannels = WIDTH, kernelSize = 3, stride = 2, padding = 1, groups = GROUPS) @Key("f.b") Layer b;
        @Conv2dNorm(outChannels = WIDTH)                                                               @Key("f.c") Layer c;
        @Add(from = {"proj", "c"})                                                                                 Layer sum;
        @ReLU                                                                                                      Layer activation;
        // spotless:on

        private Layers() {}
    }
}
