package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * RegNetY's block that keeps its shape (Radosavovic et al. 2020, figure 4b), with a gate for each channel. Keys of
 * torchvision's {@code ResBottleneckBlock}.
 */
@Block
@Target(ElementType.FIELD)
public @interface RegNetYBlock {
    /**
     * Channels of the input, and of the output.
     *
     * @return the number of channels that arrive
     */
    int width();

    /** Stands for {@link #width} in {@link Layers}. */
    int WIDTH = Block.P1;

    /**
     * Groups of the convolution of 3 x 3.
     *
     * @return {@link #width} / the group width
     */
    int groups();

    /** Stands for {@link #groups} in {@link Layers}. */
    int GROUPS = Block.P2;

    /**
     * Channels between the two convolutions of the gate.
     *
     * @return a quarter of the channels that arrive, in torchvision
     */
    int squeeze();

    /** Stands for {@link #squeeze} in {@link Layers}. */
    int SQUEEZE = Block.P3;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What it is made of. */
    class Layers {
        // spotless:off
        @Conv2dNormReLU(outChannels = WIDTH)                                               @Key("f.a")  Layer a;
        @Conv2dNormReLU(outChannels = WIDTH, kernelSize = 3, padding = 1, groups = GROUPS) @Key("f.b")  Layer b;
        @SqueezeExcitation(channels = WIDTH, squeeze = SQUEEZE)                            @Key("f.se") Layer gate;
        @Conv2dNorm(outChannels = WIDTH)                                                   @Key("f.c")  Layer c;
        @Add(from = {"input", "c"})                                                                     Layer sum;
        @ReLU                                                                                           Layer activation;
        // spotless:on
    }
}
