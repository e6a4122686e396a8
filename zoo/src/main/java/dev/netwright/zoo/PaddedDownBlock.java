package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.AvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Pad;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link BasicBlock} that halves the picture and doubles the channels, whose shortcut has no parameters (option A of
 * He et al. 2015): every second row and column, and as many channels of zeros on each side as make up the number.
 *
 * <p>Shape: ({@link #width} / 2, H, W) to ({@link #width}, H / 2, W / 2), rounded up.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface PaddedDownBlock {
    /**
     * The channels that come out, twice those that go in.
     *
     * @return a multiple of 4
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
        @Conv2d(outChannels = WIDTH, kernelSize = 3, stride = 2, padding = 1, bias = false) Layer conv1;
        @BatchNorm2d                                                                        Layer bn1;
        @ReLU                                                                               Layer relu1;
        @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false)             Layer conv2;
        @BatchNorm2d                                                                        Layer bn2;

        @AvgPool2d(kernelSize = 1, stride = 2, from = "input") Layer skip;
        @Pad(padding = {0, 0, 0, 0, WIDTH / 4, WIDTH / 4})     Layer pad;

        @Add(from = {"bn2", "pad"}) Layer sum;
        @ReLU                       Layer relu2;
        // spotless:on

        private Layers() {}
    }
}
