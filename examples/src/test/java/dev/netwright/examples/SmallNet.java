package dev.netwright.examples;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/** Features and a classifier of ten classes, as a VGG has them, but small. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
class SmallNet {
    // spotless:off
    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) @Key("features.0") Layer conv1;
    @ReLU                                                  @Key("features.1") Layer relu1;
    @MaxPool2d(kernelSize = 2)                             @Key("features.2") Layer pool1;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1) @Key("features.3") Layer conv2;
    @ReLU                                                  @Key("features.4") Layer relu2;
    @MaxPool2d(kernelSize = 2)                             @Key("features.5") Layer pool2;
    @Flatten                                                                  Layer flatten;
    @Linear(outFeatures = 64)                            @Key("classifier.0") Layer fc1;
    @ReLU                                                @Key("classifier.1") Layer relu3;
    @Linear(outFeatures = 10)                            @Key("classifier.2") Layer fc2;
    // spotless:on
}
