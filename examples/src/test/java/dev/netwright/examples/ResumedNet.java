package dev.netwright.examples;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/** A small network with all that training can change: weights, running statistics, random masks. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
@SuppressWarnings("netwright/conv-bias")
class ResumedNet {
    // spotless:off
    @Conv2d(outChannels = 8, kernelSize = 3, padding = 1) Layer conv;
    @BatchNorm2d                                          Layer norm;
    @ReLU                                                 Layer relu;
    @MaxPool2d(kernelSize = 4)                            Layer pool;
    @Flatten                                              Layer flatten;
    @Dropout(p = 0.3)                                     Layer dropout;
    @Linear(outFeatures = 10)                             Layer fc;
    // spotless:on
}
