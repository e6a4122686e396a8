package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.FanMode;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Nonlinearity;
import dev.netwright.annotations.ReLU;

/**
 * VGG-16 for ImageNet (Simonyan and Zisserman 2014, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition", configuration D): pictures of 3 x 224 x 224 in, 1000 scores out, 138,357,544 parameters.
 *
 * <p>Other pictures are taken from 32 x 32 on, with the same parameters: the pool before the classifier always gives
 * 7 x 7. Fields have the authors' names; keys, their order and the initial weights are those of torchvision's
 * {@code vgg16}, {@code features.0} to {@code classifier.6}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends Vgg16 {
 *     @Linear(outFeatures = 10) @Key("classifier.add_linear") Layer addLinear;  // after the 1000 scores
 * }
 * }</pre>
 *
 * <p>A field {@code @Linear(outFeatures = 10) Layer fc8} instead takes the place of the last layer.
 */
@Network
@Init(
        value = InitMethod.KAIMING_NORMAL,
        layers = Conv2d.class,
        mode = FanMode.FAN_OUT,
        nonlinearity = Nonlinearity.RELU)
@Init(value = InitMethod.NORMAL, layers = Linear.class, std = 0.01)
@Init(
        value = InitMethod.ZEROS,
        parameter = "bias",
        layers = {Conv2d.class, Linear.class})
public class Vgg16 {
    // spotless:off
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) @Key("features.0") Layer conv1_1;
    @ReLU                                                  @Key("features.1") Layer relu1_1;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) @Key("features.2") Layer conv1_2;
    @ReLU                                                  @Key("features.3") Layer relu1_2;
    @MaxPool2d(kernelSize = 2)                             @Key("features.4") Layer pool1;

    @Conv2d(outChannels = 128, kernelSize = 3, padding = 1) @Key("features.5") Layer conv2_1;
    @ReLU                                                   @Key("features.6") Layer relu2_1;
    @Conv2d(outChannels = 128, kernelSize = 3, padding = 1) @Key("features.7") Layer conv2_2;
    @ReLU                                                   @Key("features.8") Layer relu2_2;
    @MaxPool2d(kernelSize = 2)                              @Key("features.9") Layer pool2;

    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) @Key("features.10") Layer conv3_1;
    @ReLU                                                   @Key("features.11") Layer relu3_1;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) @Key("features.12") Layer conv3_2;
    @ReLU                                                   @Key("features.13") Layer relu3_2;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) @Key("features.14") Layer conv3_3;
    @ReLU                                                   @Key("features.15") Layer relu3_3;
    @MaxPool2d(kernelSize = 2)                              @Key("features.16") Layer pool3;

    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.17") Layer conv4_1;
    @ReLU                                                   @Key("features.18") Layer relu4_1;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.19") Layer conv4_2;
    @ReLU                                                   @Key("features.20") Layer relu4_2;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.21") Layer conv4_3;
    @ReLU                                                   @Key("features.22") Layer relu4_3;
    @MaxPool2d(kernelSize = 2)                              @Key("features.23") Layer pool4;

    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.24") Layer conv5_1;
    @ReLU                                                   @Key("features.25") Layer relu5_1;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.26") Layer conv5_2;
    @ReLU                                                   @Key("features.27") Layer relu5_2;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.28") Layer conv5_3;
    @ReLU                                                   @Key("features.29") Layer relu5_3;
    @MaxPool2d(kernelSize = 2)                              @Key("features.30") Layer pool5;

    @AdaptiveAvgPool2d(outputSize = 7)                      Layer avgpool;
    @Flatten                                                Layer flatten;
    @Linear(outFeatures = 4096)        @Key("classifier.0") Layer fc6;
    @ReLU                              @Key("classifier.1") Layer relu6;
    @Dropout(p = 0.5)                  @Key("classifier.2") Layer drop6;
    @Linear(outFeatures = 4096)        @Key("classifier.3") Layer fc7;
    @ReLU                              @Key("classifier.4") Layer relu7;
    @Dropout(p = 0.5)                  @Key("classifier.5") Layer drop7;
    @Linear(outFeatures = 1000)        @Key("classifier.6") Layer fc8;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected Vgg16() {}
}
