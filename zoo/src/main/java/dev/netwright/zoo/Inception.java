package dev.netwright.zoo;

import dev.netwright.annotations.Block;
import dev.netwright.annotations.Concat;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MaxPool2d;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * GoogLeNet's module (Szegedy et al. 2014, figure 2b): four branches side by side, their channels joined.
 *
 * <p>Shape: {@code C x H x W} to as many channels as the four branches have together, {@code x H x W}.
 *
 * <p>Keys of torchvision's {@code googlenet.Inception}, which has 3 x 3 where the paper has 5 x 5.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Inception {
    /**
     * Channels of the branch of 1 x 1.
     *
     * @return a positive number
     */
    int ch1x1();

    /** Stands for {@link #ch1x1} in the body. */
    int CH1X1 = Block.P1;

    /**
     * Channels before the convolution of 3 x 3.
     *
     * @return a positive number
     */
    int ch3x3red();

    /** Stands for {@link #ch3x3red} in the body. */
    int CH3X3RED = Block.P2;

    /**
     * Channels of the convolution of 3 x 3.
     *
     * @return a positive number
     */
    int ch3x3();

    /** Stands for {@link #ch3x3} in the body. */
    int CH3X3 = Block.P3;

    /**
     * Channels before the convolution that is 5 x 5 in the paper.
     *
     * @return a positive number
     */
    int ch5x5red();

    /** Stands for {@link #ch5x5red} in the body. */
    int CH5X5RED = Block.P4;

    /**
     * Channels of the convolution that is 5 x 5 in the paper.
     *
     * @return a positive number
     */
    int ch5x5();

    /** Stands for {@link #ch5x5} in the body. */
    int CH5X5 = Block.P5;

    /**
     * Channels behind the pool.
     *
     * @return a positive number
     */
    int poolProj();

    /** Stands for {@link #poolProj} in the body. */
    int POOL_PROJ = Block.P6;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @BasicConv2d(outChannels = CH1X1) Layer branch1;

        @BasicConv2d(outChannels = CH3X3RED, from = "input")           @Key("branch2.0") Layer branch2Reduce;
        @BasicConv2d(outChannels = CH3X3, kernelSize = 3, padding = 1) @Key("branch2.1") Layer branch2;

        @BasicConv2d(outChannels = CH5X5RED, from = "input")           @Key("branch3.0") Layer branch3Reduce;
        @BasicConv2d(outChannels = CH5X5, kernelSize = 3, padding = 1) @Key("branch3.1") Layer branch3;

        @MaxPool2d(kernelSize = 3, stride = 1, padding = 1, ceilMode = true, from = "input") @Key("branch4.0") Layer branch4Pool;
        @BasicConv2d(outChannels = POOL_PROJ)                                                @Key("branch4.1") Layer branch4;

        @Concat(from = {"branch1", "branch2", "branch3", "branch4"}) Layer joined;
        // spotless:on

        private Layers() {}
    }
}
