package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
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
 * A layer of DenseNet-BC (Huang et al. 2016, section 3): its {@link #growth} channels are joined to all that came in.
 *
 * <p>Shape: {@code C x H x W} to {@code (C + growth) x H x W}.
 *
 * <p>Keys of torchvision's {@code _DenseLayer}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface DenseLayer {
    /**
     * Channels that it adds, the paper's k; four times as many before its convolution of 3 x 3.
     *
     * @return a positive number
     */
    int growth();

    /** Stands for {@link #growth} in the body. */
    int GROWTH = Block.P1;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @BatchNorm2d                                                             Layer norm1;
        @ReLU                                                                    Layer relu1;
        @Conv2d(outChannels = 4 * GROWTH, kernelSize = 1, bias = false)          Layer conv1;
        @BatchNorm2d                                                             Layer norm2;
        @ReLU                                                                    Layer relu2;
        @Conv2d(outChannels = GROWTH, kernelSize = 3, padding = 1, bias = false) Layer conv2;
        @Concat(from = {"input", "conv2"})                                       Layer joined;
        // spotless:on

        private Layers() {}
    }
}
