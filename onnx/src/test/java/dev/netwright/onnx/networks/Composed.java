package dev.netwright.onnx.networks;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Mul;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Parameter;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Repeat;
import dev.netwright.annotations.Shared;

/** Blocks in a row, a layer with the weights of another, a parameter by itself. */
@Network(input = {3, 5, 6})
public class Composed {
    @Conv2d(outChannels = 4, kernelSize = 3, padding = 1)
    Layer stem;

    @Residual(width = 4)
    @Repeat(2)
    Layer body;

    @Conv2d(outChannels = 4, kernelSize = 1)
    Layer mix;

    @Shared("mix")
    Layer again;

    @Parameter(shape = {4, 1, 1})
    @Init(InitMethod.NORMAL)
    Layer scale;

    @Mul(from = {"again", "scale"})
    Layer scaled;

    /** A residual block. */
    @Block
    @interface Residual {
        /** Its channels. */
        int width();

        /** Stands for {@link #width()}. */
        int WIDTH = Block.P1;

        /** Its layers. */
        class Layers {
            @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false)
            Layer conv;

            @BatchNorm2d
            Layer norm;

            @Add(from = {"norm", "input"})
            Layer sum;

            @ReLU
            Layer relu;
        }
    }
}
