package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.ChannelShuffle;
import dev.netwright.annotations.Concat;
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
 * ShuffleNetV2's unit that halves height and width (Ma et al. 2018, figure 3d): two branches, joined and shuffled.
 *
 * <p>Shape: {@code inChannels x H x W} to {@code 2*branch x H/2 x W/2}, where odd sizes are rounded up.
 *
 * <p>Keys of torchvision's {@code InvertedResidual}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ShuffleDownUnit {
    /**
     * Channels of the input.
     *
     * @return the number of channels that arrive
     */
    int inChannels();

    /** Stands for {@link #inChannels} in the body. */
    int IN_CHANNELS = Block.P1;

    /**
     * Channels of each branch; the output has twice as many.
     *
     * @return a positive number
     */
    int branch();

    /** Stands for {@link #branch} in the body. */
    int BRANCH = Block.P2;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2d(outChannels = IN_CHANNELS, kernelSize = 3, stride = 2, padding = 1, groups = IN_CHANNELS, bias = false) @Key("branch1.0") Layer conv1a;
        @BatchNorm2d                                                                                                    @Key("branch1.1") Layer bn1a;
        @Conv2d(outChannels = BRANCH, kernelSize = 1, bias = false)                                                     @Key("branch1.2") Layer conv1b;
        @BatchNorm2d                                                                                                    @Key("branch1.3") Layer bn1b;
        @ReLU                                                                                                           @Key("branch1.4") Layer relu1;

        @Conv2d(outChannels = BRANCH, kernelSize = 1, bias = false, from = "input")                           @Key("branch2.0") Layer conv2a;
        @BatchNorm2d                                                                                          @Key("branch2.1") Layer bn2a;
        @ReLU                                                                                                 @Key("branch2.2") Layer relu2a;
        @Conv2d(outChannels = BRANCH, kernelSize = 3, stride = 2, padding = 1, groups = BRANCH, bias = false) @Key("branch2.3") Layer conv2b;
        @BatchNorm2d                                                                                          @Key("branch2.4") Layer bn2b;
        @Conv2d(outChannels = BRANCH, kernelSize = 1, bias = false)                                           @Key("branch2.5") Layer conv2c;
        @BatchNorm2d                                                                                          @Key("branch2.6") Layer bn2c;
        @ReLU                                                                                                 @Key("branch2.7") Layer relu2c;

        @Concat(from = {"relu1", "relu2c"}) Layer joined;
        @ChannelShuffle(groups = 2)         Layer shuffled;
        // spotless:on

        private Layers() {}
    }
}
