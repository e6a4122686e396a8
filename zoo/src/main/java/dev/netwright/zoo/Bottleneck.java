package dev.netwright.zoo;

import dev.netwright.annotations.Add;
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
 * A convolution of 3 x 3 between two of 1 x 1, around which the input is added to the result:
 * relu(bn3(conv3(relu(bn2(conv2(relu(bn1(conv1(x)))))))) + x).
 *
 * <p>Shape: (C, H, W) as the input, which has {@link #outChannels} channels. The first block of a stage is a
 * {@link DownBottleneck}.
 *
 * <p>PyTorch: torchvision's {@code Bottleneck} without {@code downsample}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Bottleneck {
    /**
     * The channels inside.
     *
     * @return a positive number
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P1;

    /**
     * The channels that come out.
     *
     * @return a positive number
     */
    int outChannels();

    /** Stands for {@link #outChannels} in the body. */
    int OUT_CHANNELS = Block.P2;

    /**
     * The groups of the convolution of 3 x 3.
     *
     * @return 1 unless written
     */
    int groups() default 1;

    /** Stands for {@link #groups} in the body. */
    int GROUPS = Block.P3;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2d(outChannels = WIDTH, kernelSize = 1, bias = false)                               Layer conv1;
        @BatchNorm2d                                                                             Layer bn1;
        @ReLU                                                                                    Layer relu1;
        @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, groups = GROUPS, bias = false) Layer conv2;
        @BatchNorm2d                                                                             Layer bn2;
        @ReLU                                                                                    Layer relu2;
        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = 1, bias = false)                        Layer conv3;
        @BatchNorm2d                                                                             Layer bn3;
        @Add(from = {"bn3", "input"})                                                            Layer sum;
        @ReLU                                                                                    Layer relu3;
        // spotless:on

        private Layers() {}
    }
}
