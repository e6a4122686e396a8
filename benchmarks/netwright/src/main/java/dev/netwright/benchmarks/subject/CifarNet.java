package dev.netwright.benchmarks.subject;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;

/** The CIFAR CNN of the README. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
class CifarNet {
    // spotless:off
    @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv1;
    @MaxPool2d(kernelSize = 2)                             Layer pool1;
    @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv2;
    @MaxPool2d(kernelSize = 2)                             Layer pool2;
    @Conv2d(outChannels = 64, kernelSize = 5, padding = 2) Layer conv3;
    @MaxPool2d(kernelSize = 2)                             Layer pool3;
    @Flatten                                               Layer flatten;
    @Linear(outFeatures = 64)                              Layer fc1;
    @Linear(outFeatures = 10)                              Layer fc2;
    // spotless:on
}
