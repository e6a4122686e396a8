package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * U-Net's pair of convolutions of 3 x 3, each with batch normalisation and ReLU (Ronneberger et al. 2015, figure 1);
 * padded, so that the size stays.
 *
 * <p>Shape: {@code C x H x W} to {@code width x H x W}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface DoubleConv {
    /**
     * Channels of the output, and between the two.
     *
     * @return a positive number
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
        @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false) Layer conv1;
        @BatchNorm2d                                                            Layer bn1;
        @ReLU                                                                   Layer relu1;
        @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false) Layer conv2;
        @BatchNorm2d                                                            Layer bn2;
        @ReLU                                                                   Layer relu2;
        // spotless:on

        private Layers() {}
    }
}
