package dev.netwright.examples;

import dev.netwright.annotations.AdaptiveAvgPool1d;
import dev.netwright.annotations.BatchNorm1d;
import dev.netwright.annotations.Conv1d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool1d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/** Which of four shapes a wave of 128 steps has, wherever it begins: convolutions and pools along time. */
@Network(input = {1, Waves.STEPS})
@CrossEntropyLoss
class SeriesNet {
    // spotless:off
    @Conv1d(outChannels = 16, kernelSize = 7, padding = 3, bias = false) Layer conv1;
    @BatchNorm1d                                                         Layer norm1;
    @ReLU                                                                Layer relu1;
    @MaxPool1d(kernelSize = 2)                                           Layer pool1;
    @Conv1d(outChannels = 32, kernelSize = 5, padding = 2, bias = false) Layer conv2;
    @BatchNorm1d                                                         Layer norm2;
    @ReLU                                                                Layer relu2;
    @MaxPool1d(kernelSize = 2)                                           Layer pool2;
    @Conv1d(outChannels = 32, kernelSize = 3, padding = 1)               Layer conv3;
    @ReLU                                                                Layer relu3;
    @AdaptiveAvgPool1d(outputSize = 1)                                   Layer mean;
    @Flatten                                                             Layer flatten;
    @Linear(outFeatures = Waves.KINDS)                                   Layer fc;
    // spotless:on
}
