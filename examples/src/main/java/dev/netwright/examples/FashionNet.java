package dev.netwright.examples;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/** LeNet-5 (LeCun et al. 1998) as it is built today: wider, with ReLU and max pooling. */
@Network(input = {1, 28, 28})
@CrossEntropyLoss
class FashionNet {
    // spotless:off
    @Conv2d(outChannels = 16, kernelSize = 5, padding = 2) Layer conv1;
    @ReLU                                                  Layer relu1;
    @MaxPool2d(kernelSize = 2)                             Layer pool1;
    @Conv2d(outChannels = 32, kernelSize = 5)              Layer conv2;
    @ReLU                                                  Layer relu2;
    @MaxPool2d(kernelSize = 2)                             Layer pool2;
    @Flatten                                               Layer flatten;
    @Linear(outFeatures = 120)                             Layer fc1;
    @ReLU                                                  Layer relu3;
    @Linear(outFeatures = 84)                              Layer fc2;
    @ReLU                                                  Layer relu4;
    @Linear(outFeatures = 10)                              Layer fc3;
    // spotless:on
}
