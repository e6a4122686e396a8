package dev.netwright.examples;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Custom;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/** Where something is in a picture of 56 x 56 grey pixels: convolutions make a map of it, and {@link SoftArgmax} reads that. */
@Network(input = {1, 56, 56})
@MSELoss
class LandmarkNet {
    // spotless:off
    @Conv2d(outChannels = 16, kernelSize = 5, stride = 2, padding = 2) Layer conv1;
    @ReLU                                                              Layer relu1;
    @Conv2d(outChannels = 32, kernelSize = 3, stride = 2, padding = 1) Layer conv2;
    @ReLU                                                              Layer relu2;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1)             Layer conv3;
    @ReLU                                                              Layer relu3;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1)             Layer conv4;
    @ReLU                                                              Layer relu4;
    @Conv2d(outChannels = 1, kernelSize = 1)                           Layer map;
    @Custom(value = SoftArgmax.class, output = {1, 2})                 Layer centre;
    @Flatten                                                           Layer place;
    // spotless:on
}
