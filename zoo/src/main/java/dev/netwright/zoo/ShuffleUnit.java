package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.ChannelShuffle;
import dev.netwright.annotations.Chunk;
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
 * ShuffleNetV2's unit (Ma et al. 2018, figure 3c): half of the channels pass by, the other half is convolved, and both
 * are shuffled.
 *
 * <p>Shape: {@code C x H x W}, as the input, which has two times {@link #branch} channels.
 *
 * <p>Keys of torchvision's {@code InvertedResidual}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ShuffleUnit {
    /**
     * Half the channels of the input, and of the output.
     *
     * @return half of what arrives
     */
    int branch();

    /** Stands for {@link #branch} in the body. */
    int BRANCH = Block.P1;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Chunk(chunks = 2, index = 0)                 Layer kept;
        @Chunk(chunks = 2, index = 1, from = "input") Layer convolved;

        @Conv2d(outChannels = BRANCH, kernelSize = 1, bias = false)                               @Key("branch2.0") Layer conv1;
        @BatchNorm2d                                                                              @Key("branch2.1") Layer bn1;
        @ReLU                                                                                     @Key("branch2.2") Layer relu1;
        @Conv2d(outChannels = BRANCH, kernelSize = 3, padding = 1, groups = BRANCH, bias = false) @Key("branch2.3") Layer conv2;
        @BatchNorm2d                                                                              @Key("branch2.4") Layer bn2;
        @Conv2d(outChannels = BRANCH, kernelSize = 1, bias = false)                               @Key("branch2.5") Layer conv3;
        @BatchNorm2d                                                                              @Key("branch2.6") Layer bn3;
        @ReLU                                                                                     @Key("branch2.7") Layer relu3;

        @Concat(from = {"kept", "relu3"}) Layer joined;
        @ChannelShuffle(groups = 2)       Layer shuffled;
        // spotless:on

        private Layers() {}
    }
}
