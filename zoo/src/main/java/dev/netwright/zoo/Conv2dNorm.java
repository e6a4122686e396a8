package dev.netwright.zoo;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A convolution without bias, batch normalisation, without an activation: torchvision's {@code Conv2dNormActivation},
 * with its keys {@code 0}, {@code 1}. Of 1 x 1 unless {@link #kernelSize} is written; the padding is not derived from
 * it.
 *
 * <p>Shape: {@code C x H x W} to {@code outChannels x Ho x Wo}, as {@link Conv2d} has it.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Conv2dNorm {
    /**
     * Channels of the output.
     *
     * @return a positive number
     */
    int outChannels();

    /** Stands for {@link #outChannels} in the body. */
    int OUT_CHANNELS = Block.P1;

    /**
     * Size of the kernel; {@link #padding} goes with it.
     *
     * @return an odd number
     */
    int kernelSize() default 1;

    /** Stands for {@link #kernelSize} in the body. */
    int KERNEL_SIZE = Block.P2;

    /**
     * Steps of the kernel over the input.
     *
     * @return 1, or 2 for half the height and width
     */
    int stride() default 1;

    /** Stands for {@link #stride} in the body. */
    int STRIDE = Block.P3;

    /**
     * Cells added on each side.
     *
     * @return {@code (kernelSize - 1) / 2} for an output of the size of the input
     */
    int padding() default 0;

    /** Stands for {@link #padding} in the body. */
    int PADDING = Block.P4;

    /**
     * Groups of channels that do not see each other; the number of channels makes it depthwise.
     *
     * @return a divisor of both channel counts
     */
    int groups() default 1;

    /** Stands for {@link #groups} in the body. */
    int GROUPS = Block.P5;

    /**
     * What the normalisation adds to the variance.
     *
     * @return a small positive number
     */
    double eps() default 1e-5;

    /** Stands for {@link #eps} in the body. */
    double EPS = Block.D1;

    /**
     * The weight of the newest batch in the running statistics.
     *
     * @return 0 to 1
     */
    double momentum() default 0.1;

    /** Stands for {@link #momentum} in the body. */
    double MOMENTUM = Block.D2;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2d(outChannels = OUT_CHANNELS, kernelSize = KERNEL_SIZE, stride = STRIDE, padding = PADDING, groups = GROUPS, bias = false) @Key("0") Layer conv;
        @BatchNorm2d(eps = EPS, momentum = MOMENTUM)                                                                                     @Key("1") Layer norm;
        // spotless:on

        private Layers() {}
    }
}
