package dev.netwright.zoo;

import dev.netwright.annotations.AvgPool2d;
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
 * What is between two dense blocks of DenseNet-BC (Huang et al. 2016, section 3): half the channels, height and width.
 *
 * <p>Shape: {@code C x H x W} to {@code outChannels x H/2 x W/2}.
 *
 * <p>Keys of torchvision's {@code _Transition}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface DenseTransition {
    /**
     * Channels of the output.
     *
     * @return a positive number
     */
    int outChannels();

    /** Stands for {@link #outChannels} in the body. */
    int OUT_CHANNELS = Block.P1;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @BatchNorm2d                                                      Layer norm;
        @ReLU                                                             Layer relu;
        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = 1, bias = false) Layer conv;
        @AvgPool2d(kernelSize = 2, stride = 2)                            Layer pool;
        // spotless:on

        private Layers() {}
    }
}
