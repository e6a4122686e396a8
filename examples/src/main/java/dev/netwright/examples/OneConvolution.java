package dev.netwright.examples;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;

/** One convolution and nothing else: what it does to a picture can be looked at. */
@Network(input = {3, 32, 32})
class OneConvolution {
    // spotless:off
    @Conv2d(inChannels = 3, outChannels = 6, kernelSize = 3) Layer conv1;
    // spotless:on
}
