package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Mul;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Sigmoid;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A gate for each channel, computed from the means of all channels (Hu et al. 2017, "Squeeze-and-Excitation Networks"),
 * with ReLU between its convolutions and sigmoid behind them. torchvision's {@code SqueezeExcitation}; keys {@code fc1}
 * and {@code fc2}.
 *
 * <p>Shape: {@code C x H x W}, as the input, which has {@link #channels} channels.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface SqueezeExcitation {
    /**
     * Channels of the input, and of the output.
     *
     * @return the number of channels that arrive
     */
    int channels();

    /** Stands for {@link #channels} in the body. */
    int CHANNELS = Block.P1;

    /**
     * Channels between the two convolutions of the gate.
     *
     * @return a positive number
     */
    int squeeze();

    /** Stands for {@link #squeeze} in the body. */
    int SQUEEZE = Block.P2;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @AdaptiveAvgPool2d(outputSize = 1)              Layer avgpool;
        @Conv2d(outChannels = SQUEEZE, kernelSize = 1)  Layer fc1;
        @ReLU                                           Layer activation;
        @Conv2d(outChannels = CHANNELS, kernelSize = 1) Layer fc2;
        @Sigmoid                                        Layer scaleActivation;
        @Mul(from = {"scaleActivation", "input"})       Layer scaled;
        // spotless:on

        private Layers() {}
    }
}
