package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.GELU;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MultiheadAttention;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The vision transformer's block (Dosovitskiy et al. 2020, figure 1): attention of the patches to themselves and a perceptron
 * of two layers, both behind a normalisation and beside a shortcut.
 *
 * <p>Shape: {@code L x width} to the same.
 *
 * <p>Keys of torchvision's {@code EncoderBlock}; its dropouts drop nothing there, and are left out here.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface VisionEncoderBlock {
    /**
     * Features of the rows.
     *
     * @return the number that arrives
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P1;

    /**
     * Number of heads.
     *
     * @return at least 1; divides the width
     */
    int heads();

    /** Stands for {@link #heads} in the body. */
    int HEADS = Block.P2;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @LayerNorm(normalizedShape = WIDTH, eps = 1e-6)    @Key("ln_1")           Layer norm1;
        @MultiheadAttention(numHeads = HEADS)              @Key("self_attention") Layer attention;
        @Add(from = {"attention", "input"})                                       Layer attended;

        @LayerNorm(normalizedShape = WIDTH, eps = 1e-6)    @Key("ln_2")           Layer norm2;
        @Linear(outFeatures = 4 * WIDTH)                   @Key("mlp.0")          Layer linear1;
        @GELU                                              @Key("mlp.1")          Layer gelu;
        @Linear(outFeatures = WIDTH)                       @Key("mlp.3")          Layer linear2;
        @Add(from = {"linear2", "attended"})                                      Layer sum;
        // spotless:on

        private Layers() {}
    }
}
