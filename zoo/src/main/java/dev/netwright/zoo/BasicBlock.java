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
 * Two convolutions of 3 x 3 around which the input is added to the result: relu(bn2(conv2(relu(bn1(conv1(x))))) + x).
 *
 * <p>Shape: (C, H, W) as the input, which has {@link #width} channels. The first block of a stage is a
 * {@link DownBlock}.
 *
 * <p>PyTorch: torchvision's {@code BasicBlock} without {@code downsample}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface BasicBlock {
    /**
     * The channels inside and out.
     *
     * @return a positive number
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
        @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false) Layer conv1;
        @BatchNorm2d                                                            Layer bn1;
        @ReLU                                                                   Layer relu1;
        @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false) Layer conv2;
        @BatchNorm2d                                                            Layer bn2;
        @Add(from = {"bn2", "input"})                                           Layer sum;
        @ReLU                                                                   Layer relu2;
        // spotless:on

        private Layers() {}
    }
}
