package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.ReLU;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * A head of GoogLeNet that only training has (Szegedy et al. 2014, section 5): scores from the middle of the network,
 * for a loss of their own. Keys of torchvision's {@code googlenet.InceptionAux}.
 */
@Block
@Target(ElementType.FIELD)
public @interface InceptionAux {
    /**
     * Scores.
     *
     * @return 1000 unless written
     */
    int classes() default 1000;

    /** Stands for {@link #classes} in {@link Layers}. */
    int CLASSES = Block.P1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What it is made of. */
    class Layers {
        // spotless:off
        @AdaptiveAvgPool2d(outputSize = 4) Layer pool;
        @BasicConv2d(outChannels = 128)    Layer conv;
        @Flatten                           Layer flatten;
        @Linear(outFeatures = 1024)        Layer fc1;
        @ReLU                              Layer relu;
        @Dropout(p = 0.7)                  Layer dropout;
        @Linear(outFeatures = CLASSES)     Layer fc2;
        // spotless:on
    }
}
