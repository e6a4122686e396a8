package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.GELU;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Permute;
import dev.netwright.annotations.ScaledDotProductAttention;
import dev.netwright.annotations.Unflatten;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * BERT's layer (Devlin et al. 2018): attention of several heads, whose queries, keys and values are projected apart, and a
 * perceptron of two layers, each with a shortcut and a normalisation behind it.
 *
 * <p>Shape: {@code L x width}, and an input of ints of shape 1 with the number of rows that count, to {@code L x width}. Rows
 * beyond are not attended to.
 *
 * <p>Keys of BERT's checkpoints: {@code attention.self.query}, {@code attention.output.dense} and so on.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface BertLayer {
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
     * What the block reads: the rows, and how many of them count.
     *
     * @return two names
     */
    String[] from();

    /** The body. */
    @Input(name = "input")
    @Input(name = "length")
    final class Layers {
        // spotless:off
        @Linear(outFeatures = WIDTH, from = "input") @Key("attention.self.query") Layer query;
        @Unflatten(dim = -1, unflattenedSize = {HEADS, -1})                       Layer querySplit;
        @Permute(dims = {0, 2, 1, 3})                                             Layer queryHeads;
        @Linear(outFeatures = WIDTH, from = "input") @Key("attention.self.key")   Layer key;
        @Unflatten(dim = -1, unflattenedSize = {HEADS, -1})                       Layer keySplit;
        @Permute(dims = {0, 2, 1, 3})                                             Layer keyHeads;
        @Linear(outFeatures = WIDTH, from = "input") @Key("attention.self.value") Layer value;
        @Unflatten(dim = -1, unflattenedSize = {HEADS, -1})                       Layer valueSplit;
        @Permute(dims = {0, 2, 1, 3})                                             Layer valueHeads;
        @ScaledDotProductAttention(lengths = "length", from = {"queryHeads", "keyHeads", "valueHeads"}) Layer heads;
        @Permute(dims = {0, 2, 1, 3})                                             Layer rows;
        @Flatten(startDim = 2)                                                    Layer joined;

        @Linear(outFeatures = WIDTH)                       @Key("attention.output.dense")     Layer projected;
        @Add(from = {"projected", "input"})                                                   Layer attended;
        @LayerNorm(normalizedShape = WIDTH, eps = 1e-12)   @Key("attention.output.LayerNorm") Layer norm1;

        @Linear(outFeatures = 4 * WIDTH)                   @Key("intermediate.dense")         Layer linear1;
        @GELU                                                                                 Layer gelu;
        @Linear(outFeatures = WIDTH)                       @Key("output.dense")               Layer linear2;
        @Add(from = {"linear2", "norm1"})                                                     Layer sum;
        @LayerNorm(normalizedShape = WIDTH, eps = 1e-12)   @Key("output.LayerNorm")           Layer norm2;
        // spotless:on

        private Layers() {}
    }
}
