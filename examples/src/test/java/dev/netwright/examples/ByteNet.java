package dev.netwright.examples;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Normalize;

/** Takes pictures as bytes and scales them while it reads them. */
@Network(
        input = {3, 32, 32},
        type = InputType.UINT8)
@CrossEntropyLoss
class ByteNet {
    // spotless:off
    @Normalize(mean = 0.5, std = 0.25)                    Layer normalize;
    @Conv2d(outChannels = 8, kernelSize = 3, padding = 1) Layer conv;
    @MaxPool2d(kernelSize = 4)                            Layer pool;
    @Flatten                                              Layer flatten;
    @Linear(outFeatures = 10)                             Layer fc;
    // spotless:on
}
