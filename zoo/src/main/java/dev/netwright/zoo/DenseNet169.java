package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Repeat;

/**
 * DenseNet-169 for ImageNet (Huang et al. 2016, "Densely Connected Convolutional Networks", table 1): pictures of 3 x
 * 224 x 224 in, 1000 scores out, 14,149,480 parameters.
 *
 * <p>Any size from 29 x 29 on will do. Keys, shapes and initial weights are those of torchvision's {@code densenet169}.
 * Its oldest files write {@code norm.1} where the keys are {@code norm1} now.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends DenseNet169 {
 *     @Linear(outFeatures = 10) Layer classifier;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class)
@Init(value = InitMethod.ZEROS, parameter = "bias", layers = Linear.class)
public class DenseNet169 {
    // spotless:off
    @Conv2d(outChannels = 64, kernelSize = 7, stride = 2, padding = 3, bias = false) @Key("features.conv0") Layer conv0;
    @BatchNorm2d                                                                     @Key("features.norm0") Layer norm0;
    @ReLU                                                                            @Key("features.relu0") Layer relu0;
    @MaxPool2d(kernelSize = 3, stride = 2, padding = 1)                              @Key("features.pool0") Layer pool0;

    @DenseLayer(growth = 32)            @Repeat(value = 6, key = "denselayer%d", first = 1) @Key("features.denseblock1")  Layer denseblock1;
    @DenseTransition(outChannels = 128) @Key("features.transition1")                                                      Layer transition1;
    @DenseLayer(growth = 32)            @Repeat(value = 12, key = "denselayer%d", first = 1) @Key("features.denseblock2") Layer denseblock2;
    @DenseTransition(outChannels = 256) @Key("features.transition2")                                                      Layer transition2;
    @DenseLayer(growth = 32)            @Repeat(value = 32, key = "denselayer%d", first = 1) @Key("features.denseblock3") Layer denseblock3;
    @DenseTransition(outChannels = 640) @Key("features.transition3")                                                      Layer transition3;
    @DenseLayer(growth = 32)            @Repeat(value = 32, key = "denselayer%d", first = 1) @Key("features.denseblock4") Layer denseblock4;

    @BatchNorm2d                       @Key("features.norm5") Layer norm5;
    @ReLU                                                     Layer relu5;
    @AdaptiveAvgPool2d(outputSize = 1)                        Layer avgpool;
    @Flatten                                                  Layer flatten;
    @Linear(outFeatures = 1000)                               Layer classifier;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected DenseNet169() {}
}
