package dev.netwright.onnx.networks;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;

/** The network of PyTorch tutorials, with the keys of its state dict there. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
public class CifarNet {
    // spotless:off
    @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) @Key("0") Layer conv1;
    @MaxPool2d(kernelSize = 2)                             @Key("1") Layer pool1;
    @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) @Key("2") Layer conv2;
    @MaxPool2d(kernelSize = 2)                             @Key("3") Layer pool2;
    @Conv2d(outChannels = 64, kernelSize = 5, padding = 2) @Key("4") Layer conv3;
    @MaxPool2d(kernelSize = 2)                             @Key("5") Layer pool3;
    @Flatten                                               @Key("6") Layer flatten;
    @Linear(outFeatures = 64)                              @Key("7") Layer fc1;
    @Linear(outFeatures = 10)                              @Key("8") Layer fc2;
    // spotless:on
}
