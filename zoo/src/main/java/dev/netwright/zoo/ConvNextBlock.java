package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.GELU;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Mul;
import dev.netwright.annotations.Parameter;
import dev.netwright.annotations.Permute;
import dev.netwright.annotations.StochasticDepth;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * ConvNeXt's block (Liu et al. 2022, figure 4): a depthwise convolution of 7 x 7, a perceptron of two layers at each
 * pixel, a learned scale for each channel, a shortcut.
 *
 * <p>Shape: {@code C x H x W}, as the input, which has {@link #width} channels.
 *
 * <p>Keys of torchvision's {@code CNBlock}.
 */
@Block
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ConvNextBlock {
    /**
     * Channels of the input, and of the output.
     *
     * @return the number of channels that arrive
     */
    int width();

    /** Stands for {@link #width} in the body. */
    int WIDTH = Block.P1;

    /**
     * The probability that a sample passes by the block in training, see {@link StochasticDepth}.
     *
     * @return 0 to 1
     */
    double p();

    /** Stands for {@link #p} in the body. */
    double P = Block.D1;

    /**
     * What the block reads.
     *
     * @return the layer before unless written
     */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Parameter(shape = {WIDTH, 1, 1}) @Key("layer_scale") @Init(value = InitMethod.CONSTANT, parameter = "", constant = 1e-6) Layer layerScale;

        @Conv2d(outChannels = WIDTH, kernelSize = 7, padding = 3, groups = WIDTH) @Key("block.0") Layer conv;
        @Permute(dims = {0, 2, 3, 1})                                             @Key("block.1") Layer channelsLast;
        @LayerNorm(normalizedShape = WIDTH, eps = 1e-6)                           @Key("block.2") Layer norm;
        @Linear(outFeatures = 4 * WIDTH)                                          @Key("block.3") Layer linear1;
        @GELU                                                                     @Key("block.4") Layer gelu;
        @Linear(outFeatures = WIDTH)                                              @Key("block.5") Layer linear2;
        @Permute(dims = {0, 3, 1, 2})                                             @Key("block.6") Layer channelsFirst;

        @Mul(from = {"layerScale", "channelsFirst"})                                      Layer scaled;
        @StochasticDepth(p = P, mode = StochasticDepth.Mode.ROW) @Key("stochastic_depth") Layer depth;
        @Add(from = {"depth", "input"})                                                   Layer sum;
        // spotless:on

        private Layers() {}
    }
}
