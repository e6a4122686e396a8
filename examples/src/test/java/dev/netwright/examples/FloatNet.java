package dev.netwright.examples;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;

/** {@link ByteNet} for pictures that were normalised before. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
class FloatNet {
    // spotless:off
    @Conv2d(outChannels = 8, kernelSize = 3, padding = 1) Layer conv;
    @MaxPool2d(kernelSize = 4)                            Layer pool;
    @Flatten                                              Layer flatten;
    @Linear(outFeatures = 10)                             Layer fc;
    // spotless:on
}
