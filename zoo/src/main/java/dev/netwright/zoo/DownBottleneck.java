package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
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
 * A {@link Bottleneck} whose shortcut is a convolution of 1 x 1, as the picture shrinks or the channels change:
 * relu(bn3(conv3(relu(bn2(conv2(relu(bn1(conv1(x)))))))) + shortcutNorm(shortcut(x))).
 *
 * <p>Shape: (C, H, W) to ({@link #outChannels}, H / {@link #stride}, W / {@link #stride}), rounded up.
 *
 * <p>PyTorch: torchvision's {@code Bottleneck} with {@code downsample}, whose keys the shortcut has.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface DownBottleneck {
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
     * How many rows and columns are one of the result.
     *
     * @return 2 unless written
     */
    int stride() default 2;

    /** Stands for {@link #stride} in the body. */
    int STRIDE = Block.P3;

    /**
     * The groups of the convolution of 3 x 3.
     *
     * @return 1 unless written
     */
    int groups() default 1;

    /** Stands for {@link #groups} in the body. */
    int GROUPS = Block.P4;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2d(outChannels = WIDTH, kernelSize = 1, bias = false)                                                Layer conv1;
        @BatchNorm2d                                                                                              Layer bn1;
        @ReLU                                                                                                     Layer relu1;
        @Conv2d(outChannels = WIDTH, kernelSize = 3, stride = STRIDE, padding = 1, groups = GROUPS, bias = false) Layer conv2;
        @BatchNorm2d                                                                                              Layer bn2;
        @ReLU                                                                                                     Layer relu2;
        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = 1, bias = false)                                         Layer conv3;
        @BatchNorm2d                                                                                              Layer bn3;

        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = 1, stride = STRIDE, bias = false, from = "input") @Key("downsample.0") Layer shortcut;
        @BatchNorm2d                                                                                       @Key("downsample.1") Layer shortcutNorm;

        @Add(from = {"bn3", "shortcutNorm"}) Layer sum;
        @ReLU                                Layer relu3;
        // spotless:on

        private Layers() {}
    }
}
