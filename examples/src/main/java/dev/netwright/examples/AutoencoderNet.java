package dev.netwright.examples;

import dev.netwright.annotations.BCEWithLogitsLoss;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.ConvTranspose2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/**
 * Grey pictures of 28 x 28 pixels as 4 x 4 x 4 numbers, and back: each transposed convolution makes as many rows as a
 * convolution was given.
 */
@Network(input = {1, 28, 28})
@BCEWithLogitsLoss
class AutoencoderNet {
    // spotless:off
    @Conv2d(outChannels = 16, kernelSize = 3, stride = 2, padding = 1)          Layer conv1;
    @ReLU                                                                       Layer relu1;
    @Conv2d(outChannels = 32, kernelSize = 3, stride = 2, padding = 1)          Layer conv2;
    @ReLU                                                                       Layer relu2;
    @Conv2d(outChannels = 4, kernelSize = 3, stride = 2, padding = 1)           Layer code;
    @ConvTranspose2d(outChannels = 32, kernelSize = 3, stride = 2, padding = 1) Layer deconv1;
    @ReLU                                                                       Layer relu3;
    @ConvTranspose2d(outChannels = 16, kernelSize = 4, stride = 2, padding = 1) Layer deconv2;
    @ReLU                                                                       Layer relu4;
    @ConvTranspose2d(outChannels = 1, kernelSize = 4, stride = 2, padding = 1)  Layer picture;
    // spotless:on
}
