package dev.netwright.zoo;

import dev.netwright.annotations.Block;
import dev.netwright.annotations.Concat;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * SqueezeNet's module (Iandola et al. 2016, section 3.2): few channels for the expensive convolution of 3 x 3, half of
 * whose outputs are left to one of 1 x 1.
 *
 * <p>Shape: {@code C x H x W} to {@code 2*expand x H x W}.
 *
 * <p>Keys of torchvision's {@code Fire}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Fire {
    /**
     * Channels of the squeeze convolution.
     *
     * @return a positive number
     */
    int squeeze();

    /** Stands for {@link #squeeze} in the body. */
    int SQUEEZE = Block.P1;

    /**
     * Channels of each of the two expand convolutions; the output has twice as many.
     *
     * @return a positive number
     */
    int expand();

    /** Stands for {@link #expand} in the body. */
    int EXPAND = Block.P2;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2d(outChannels = SQUEEZE, kernelSize = 1) Layer squeeze;
        @ReLU                                          Layer squeezeActivation;

        @Conv2d(outChannels = EXPAND, kernelSize = 1) Layer expand1x1;
        @ReLU                                         Layer expand1x1Activation;

        @Conv2d(outChannels = EXPAND, kernelSize = 3, padding = 1, from = "squeezeActivation") Layer expand3x3;
        @ReLU                                                                                  Layer expand3x3Activation;

        @Concat(from = {"expand1x1Activation", "expand3x3Activation"}) Layer expanded;
        // spotless:on

        private Layers() {}
    }
}
