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

/** Four convolutions of 3 x 3 with batch normalisation, for pictures of 28 x 28 grey pixels. */
@Network(input = {1, 28, 28})
@CrossEntropyLoss
class FashionConvNet {
    // spotless:off
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) Layer conv1;
    @BatchNorm2d                                                         Layer norm1;
    @ReLU                                                                Layer relu1;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) Layer conv2;
    @BatchNorm2d                                                         Layer norm2;
    @ReLU                                                                Layer relu2;
    @MaxPool2d(kernelSize = 2)                                           Layer pool1;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) Layer conv3;
    @BatchNorm2d                                                         Layer norm3;
    @ReLU                                                                Layer relu3;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) Layer conv4;
    @BatchNorm2d                                                         Layer norm4;
    @ReLU                                                                Layer relu4;
    @MaxPool2d(kernelSize = 2)                                           Layer pool2;
    @Flatten                                                             Layer flatten;
    @Dropout(p = 0.2)                                                    Layer dropout;
    @Linear(outFeatures = 10)                                            Layer fc;
    // spotless:on
}
