package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Concat;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * A layer of DenseNet-BC (Huang et al. 2016, section 3): its {@link #growth} channels are joined to all that came in.
 * Keys of torchvision's {@code _DenseLayer}.
 */
@Block
@Target(ElementType.FIELD)
public @interface DenseLayer {
    /**
     * Channels that it adds, the paper's k; four times as many before its convolution of 3 x 3.
     *
     * @return a positive number
     */
    int growth();

    /** Stands for {@link #growth} in {@link Layers}. */
    int GROWTH = Block.P1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What it is made of. */
    class Layers {
        // spotless:off
        @BatchNorm2d                                                             Layer norm1;
        @ReLU                                                                    Layer relu1;
        @Conv2d(outChannels = 4 * GROWTH, kernelSize = 1, bias = false)          Layer conv1;
        @BatchNorm2d                                                             Layer norm2;
        @ReLU                                                                    Layer relu2;
        @Conv2d(outChannels = GROWTH, kernelSize = 3, padding = 1, bias = false) Layer conv2;
        @Concat(from = {"input", "conv2"})                                       Layer joined;
        // spotless:on
    }
}
