package dev.netwright.zoo;

import dev.netwright.annotations.AvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * What is between two dense blocks of DenseNet-BC (Huang et al. 2016, section 3): half the channels, height and width.
 * Keys of torchvision's {@code _Transition}.
 */
@Block
@Target(ElementType.FIELD)
public @interface DenseTransition {
    /**
     * Channels of the output.
     *
     * @return a positive number
     */
    int outChannels();

    /** Stands for {@link #outChannels} in {@link Layers}. */
    int OUT_CHANNELS = Block.P1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What it is made of. */
    class Layers {
        // spotless:off
        @BatchNorm2d                                                      Layer norm;
        @ReLU                                                             Layer relu;
        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = 1, bias = false) Layer conv;
        @AvgPool2d(kernelSize = 2, stride = 2)                            Layer pool;
        // spotless:on
    }
}
