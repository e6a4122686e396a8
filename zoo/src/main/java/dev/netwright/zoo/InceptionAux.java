package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A head of GoogLeNet that only training has (Szegedy et al. 2014, section 5): scores from the middle of the network,
 * for a loss of their own.
 *
 * <p>Shape: {@code C x H x W} to {@code classes}.
 *
 * <p>Keys of torchvision's {@code googlenet.InceptionAux}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface InceptionAux {
    /**
     * Scores.
     *
     * @return 1000 unless written
     */
    int classes() default 1000;

    /** Stands for {@link #classes} in the body. */
    int CLASSES = Block.P1;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @AdaptiveAvgPool2d(outputSize = 4) Layer pool;
        @BasicConv2d(outChannels = 128)    Layer conv;
        @Flatten                           Layer flatten;
        @Linear(outFeatures = 1024)        Layer fc1;
        @ReLU                              Layer relu;
        @Dropout(p = 0.7)                  Layer dropout;
        @Linear(outFeatures = CLASSES)     Layer fc2;
        // spotless:on

        private Layers() {}
    }
}
