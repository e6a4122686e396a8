package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Primitive.Convolution;

/** Plans the three sums of a convolution. */
interface ConvolutionPlanner {
    void forward(Convolution convolution);

    void inputGradient(Convolution convolution);

    void weightGradient(Convolution convolution);
}
