package dev.netwright.zoo;

import dev.netwright.annotations.Block;
import dev.netwright.annotations.Concat;
import dev.netwright.annotations.ConvTranspose2d;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A step of U-Net's way up (Ronneberger et al. 2015, figure 1): twice the size by a transposed convolution of 2 x 2,
 * joined to what the way down had at that size, and a {@link DoubleConv}.
 *
 * <p>Shape: {@code C x H x W} and {@code D x 2H x 2W} to {@code width x 2H x 2W}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface UNetUp {
    /**
     * Channels of the output, and of the transposed convolution's.
     *
     * @return a positive number
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P1;

    /**
     * What the block reads: what comes from below, and what the way down had.
     *
     * @return two names
     */
    String[] from() default {};

    /** The body. */
    @Input(name = "deep")
    @Input(name = "skip")
    final class Layers {
        // spotless:off
        @ConvTranspose2d(outChannels = WIDTH, kernelSize = 2, stride = 2, from = "deep") Layer up;
        @Concat(from = {"skip", "up"})                                                   Layer joined;
        @DoubleConv(width = WIDTH)                                                       Layer convs;
        // spotless:on

        private Layers() {}
    }
}
