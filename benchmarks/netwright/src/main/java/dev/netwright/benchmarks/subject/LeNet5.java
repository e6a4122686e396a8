package dev.netwright.benchmarks.subject;

import dev.netwright.annotations.AvgPool2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Tanh;

/** LeNet-5 for pictures of 28 x 28, with tanh and average pools. */
@Network(input = {1, 28, 28})
@CrossEntropyLoss
class LeNet5 {
    // spotless:off
    @Conv2d(outChannels = 6, kernelSize = 5, padding = 2) Layer conv1;
    @Tanh                                                 Layer tanh1;
    @AvgPool2d(kernelSize = 2)                            Layer pool1;
    @Conv2d(outChannels = 16, kernelSize = 5)             Layer conv2;
    @Tanh                                                 Layer tanh2;
    @AvgPool2d(kernelSize = 2)                            Layer pool2;
    @Flatten                                              Layer flatten;
    @Linear(outFeatures = 120)                            Layer fc1;
    @Tanh                                                 Layer tanh3;
    @Linear(outFeatures = 84)                             Layer fc2;
    @Tanh                                                 Layer tanh4;
    @Linear(outFeatures = 10)                             Layer fc3;
    // spotless:on
}
