package dev.netwright.onnx.networks;

import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.GELU;
import dev.netwright.annotations.Hardsigmoid;
import dev.netwright.annotations.Hardswish;
import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LeakyReLU;
import dev.netwright.annotations.LogSoftmax;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.PReLU;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.ReLU6;
import dev.netwright.annotations.SiLU;
import dev.netwright.annotations.Sigmoid;
import dev.netwright.annotations.Softmax;
import dev.netwright.annotations.StochasticDepth;
import dev.netwright.annotations.Tanh;

/** Functions of each element, or of all along one dimension. */
@Network(input = {4, 4, 5})
public class Activations {
    // spotless:off
    @ReLU(from = "input") @Output Layer relu;
    @ReLU6(from = "input") @Output Layer relu6;
    @LeakyReLU(negativeSlope = 0.2, from = "input") @Output Layer leaky;
    @PReLU(from = "input") @Output Layer prelu;
    @PReLU(numParameters = 4, from = "input") @Output Layer preluOfChannels;
    @Sigmoid(from = "input") @Output Layer sigmoid;
    @Tanh(from = "input") @Output Layer tanh;
    @SiLU(from = "input") @Output Layer silu;
    @GELU(from = "input") @Output Layer gelu;
    @GELU(approximate = GELU.Approximate.TANH, from = "input") @Output Layer geluByTanh;
    @Hardsigmoid(from = "input") @Output Layer hardsigmoid;
    @Hardswish(from = "input") @Output Layer hardswish;
    @Softmax(dim = 1, from = "input") @Output Layer softmax;
    @Softmax(dim = -1, from = "input") @Output Layer softmaxOfRows;
    @LogSoftmax(dim = 2, from = "input") @Output Layer logSoftmax;
    @Dropout(p = 0.7, from = "input") @Output Layer dropout;
    @StochasticDepth(p = 0.7, mode = StochasticDepth.Mode.ROW, from = "input") @Output Layer depth;
    @Identity(from = "input") @Output Layer identity;
    @Flatten(from = "input") Layer flat;
    @PReLU(numParameters = 80) @Output Layer preluOfVector;
    @LogSoftmax(dim = 1) @Output Layer logSoftmaxOfVector;
    // spotless:on
}
