package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
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
 * VGG-19, with batch normalisation, for ImageNet (Simonyan and Zisserman 2014, "Very Deep Convolutional Networks for
 * Large-Scale Image Recognition", configuration E): pictures of 3 x 224 x 224 in, 1000 scores out, 143,678,248
 * parameters.
 *
 * <p>Other pictures are taken from 32 x 32 on, with the same parameters: the pool before the classifier always gives
 * 7 x 7. Fields have the authors' names; keys, their order and the initial weights are those of torchvision's
 * {@code vgg19_bn}, {@code features.0} to {@code classifier.6}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends Vgg19Bn {
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
public class Vgg19Bn {
    // spotless:off
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) @Key("features.0") Layer conv1_1;
    @BatchNorm2d                                           @Key("features.1") Layer bn1_1;
    @ReLU                                                  @Key("features.2") Layer relu1_1;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) @Key("features.3") Layer conv1_2;
    @BatchNorm2d                                           @Key("features.4") Layer bn1_2;
    @ReLU                                                  @Key("features.5") Layer relu1_2;
    @MaxPool2d(kernelSize = 2)                             @Key("features.6") Layer pool1;

    @Conv2d(outChannels = 128, kernelSize = 3, padding = 1) @Key("features.7")  Layer conv2_1;
    @BatchNorm2d                                            @Key("features.8")  Layer bn2_1;
    @ReLU                                                   @Key("features.9")  Layer relu2_1;
    @Conv2d(outChannels = 128, kernelSize = 3, padding = 1) @Key("features.10") Layer conv2_2;
    @BatchNorm2d                                            @Key("features.11") Layer bn2_2;
    @ReLU                                                   @Key("features.12") Layer relu2_2;
    @MaxPool2d(kernelSize = 2)                              @Key("features.13") Layer pool2;

    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) @Key("features.14") Layer conv3_1;
    @BatchNorm2d                                            @Key("features.15") Layer bn3_1;
    @ReLU                                                   @Key("features.16") Layer relu3_1;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) @Key("features.17") Layer conv3_2;
    @BatchNorm2d                                            @Key("features.18") Layer bn3_2;
    @ReLU                                                   @Key("features.19") Layer relu3_2;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) @Key("features.20") Layer conv3_3;
    @BatchNorm2d                                            @Key("features.21") Layer bn3_3;
    @ReLU                                                   @Key("features.22") Layer relu3_3;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) @Key("features.23") Layer conv3_4;
    @BatchNorm2d                                            @Key("features.24") Layer bn3_4;
    @ReLU                                                   @Key("features.25") Layer relu3_4;
    @MaxPool2d(kernelSize = 2)                              @Key("features.26") Layer pool3;

    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.27") Layer conv4_1;
    @BatchNorm2d                                            @Key("features.28") Layer bn4_1;
    @ReLU                                                   @Key("features.29") Layer relu4_1;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.30") Layer conv4_2;
    @BatchNorm2d                                            @Key("features.31") Layer bn4_2;
    @ReLU                                                   @Key("features.32") Layer relu4_2;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.33") Layer conv4_3;
    @BatchNorm2d                                            @Key("features.34") Layer bn4_3;
    @ReLU                                                   @Key("features.35") Layer relu4_3;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.36") Layer conv4_4;
    @BatchNorm2d                                            @Key("features.37") Layer bn4_4;
    @ReLU                                                   @Key("features.38") Layer relu4_4;
    @MaxPool2d(kernelSize = 2)                              @Key("features.39") Layer pool4;

    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.40") Layer conv5_1;
    @BatchNorm2d                                            @Key("features.41") Layer bn5_1;
    @ReLU                                                   @Key("features.42") Layer relu5_1;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.43") Layer conv5_2;
    @BatchNorm2d                                            @Key("features.44") Layer bn5_2;
    @ReLU                                                   @Key("features.45") Layer relu5_2;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.46") Layer conv5_3;
    @BatchNorm2d                                            @Key("features.47") Layer bn5_3;
    @ReLU                                                   @Key("features.48") Layer relu5_3;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1) @Key("features.49") Layer conv5_4;
    @BatchNorm2d                                            @Key("features.50") Layer bn5_4;
    @ReLU                                                   @Key("features.51") Layer relu5_4;
    @MaxPool2d(kernelSize = 2)                              @Key("features.52") Layer pool5;

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
    protected Vgg19Bn() {}
}
