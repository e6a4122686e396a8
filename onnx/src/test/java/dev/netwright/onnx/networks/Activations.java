package dev.netwright.onnx.networks;

import dev.netwright.annotations.AlphaDropout;
import dev.netwright.annotations.CELU;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Dropout2d;
import dev.netwright.annotations.ELU;
import dev.netwright.annotations.FeatureAlphaDropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.GELU;
import dev.netwright.annotations.GLU;
import dev.netwright.annotations.Hardshrink;
import dev.netwright.annotations.Hardsigmoid;
import dev.netwright.annotations.Hardswish;
import dev.netwright.annotations.Hardtanh;
import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LeakyReLU;
import dev.netwright.annotations.LogSigmoid;
import dev.netwright.annotations.LogSoftmax;
import dev.netwright.annotations.Mish;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.PReLU;
import dev.netwright.annotations.RReLU;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.ReLU6;
import dev.netwright.annotations.SELU;
import dev.netwright.annotations.SiLU;
import dev.netwright.annotations.Sigmoid;
import dev.netwright.annotations.Softmax;
import dev.netwright.annotations.Softmax2d;
import dev.netwright.annotations.Softmin;
import dev.netwright.annotations.Softplus;
import dev.netwright.annotations.Softshrink;
import dev.netwright.annotations.Softsign;
import dev.netwright.annotations.StochasticDepth;
import dev.netwright.annotations.Tanh;
import dev.netwright.annotations.Tanhshrink;
import dev.netwright.annotations.Threshold;

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
    @CELU(alpha = 0.5, from = "input") @Output Layer celu;
    @ELU(alpha = 1.5, from = "input") @Output Layer elu;
    @GLU(dim = 1, from = "input") @Output Layer glu;
    @GLU(dim = -2, from = "input") @Output Layer gluOfRows;
    @Hardshrink(lambd = 0.25, from = "input") @Output Layer hardshrink;
    @Hardtanh(minVal = -0.5, maxVal = 0.75, from = "input") @Output Layer hardtanh;
    @LogSigmoid(from = "input") @Output Layer logSigmoid;
    @Mish(from = "input") @Output Layer mish;
    @RReLU(lower = -0.25, upper = 0.75, from = "input") @Output Layer rrelu;
    @SELU(from = "input") @Output Layer selu;
    @Softmax2d(from = "input") @Output Layer softmax2d;
    @Softmin(dim = 3, from = "input") @Output Layer softmin;
    @Softplus(beta = 2, threshold = 1, from = "input") @Output Layer softplus;
    @Softshrink(lambd = 0.25, from = "input") @Output Layer softshrink;
    @Softsign(from = "input") @Output Layer softsign;
    @Tanhshrink(from = "input") @Output Layer tanhshrink;
    @Threshold(threshold = 0.25, value = -3, from = "input") @Output Layer threshold;
    @Softmax(dim = 1, from = "input") @Output Layer softmax;
    @Softmax(dim = -1, from = "input") @Output Layer softmaxOfRows;
    @LogSoftmax(dim = 2, from = "input") @Output Layer logSoftmax;
    @Dropout(p = 0.7, from = "input") @Output Layer dropout;
    @Dropout2d(p = 0.7, from = "input") @Output Layer dropoutOfChannels;
    @AlphaDropout(p = 0.7, from = "input") @Output Layer alphaDropout;
    @FeatureAlphaDropout(p = 0.7, from = "input") @Output Layer featureAlphaDropout;
    @StochasticDepth(p = 0.7, mode = StochasticDepth.Mode.ROW, from = "input") @Output Layer depth;
    @Identity(from = "input") @Output Layer identity;
    @Flatten(from = "input") Layer flat;
    @PReLU(numParameters = 80) @Output Layer preluOfVector;
    @LogSoftmax(dim = 1) @Output Layer logSoftmaxOfVector;
    // spotless:on
}
