package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Conv2d;
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
import dev.netwright.annotations.Repeat;

/**
 * {@link ResNet50} with twice the channels inside its blocks (Zagoruyko and Komodakis 2016, "Wide Residual Networks",
 * table 8): pictures of 3 x 224 x 224 in, 1000 scores out, 68,883,240 parameters.
 *
 * <p>Each stage begins with a {@link DownBottleneck}, {@code layer1_0}; {@code layer1} are the {@link Bottleneck}s
 * after it, and its name in {@code from} stands for the stage's result. Keys, their order and the initial weights are
 * those of torchvision's {@code wide_resnet50_2}; there, one ReLU is used in several places, and the sums are no
 * layers. Pictures of other sizes are taken too.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends WideResNet50 {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(
        value = InitMethod.KAIMING_NORMAL,
        layers = Conv2d.class,
        mode = FanMode.FAN_OUT,
        nonlinearity = Nonlinearity.RELU)
public class WideResNet50 {
    // spotless:off
    @Conv2d(outChannels = 64, kernelSize = 7, stride = 2, padding = 3, bias = false) Layer conv1;
    @BatchNorm2d                                                                     Layer bn1;
    @ReLU                                                                            Layer relu;
    @MaxPool2d(kernelSize = 3, stride = 2, padding = 1)                              Layer maxpool;

    @DownBottleneck(width = 128, outChannels = 256, stride = 1)                 @Key("layer1.0") Layer layer1_0;
    @Bottleneck(width = 128, outChannels = 256) @Repeat(value = 2, first = 1)   @Key("layer1")   Layer layer1;
    @DownBottleneck(width = 256, outChannels = 512)                             @Key("layer2.0") Layer layer2_0;
    @Bottleneck(width = 256, outChannels = 512) @Repeat(value = 3, first = 1)   @Key("layer2")   Layer layer2;
    @DownBottleneck(width = 512, outChannels = 1024)                            @Key("layer3.0") Layer layer3_0;
    @Bottleneck(width = 512, outChannels = 1024) @Repeat(value = 5, first = 1)  @Key("layer3")   Layer layer3;
    @DownBottleneck(width = 1024, outChannels = 2048)                           @Key("layer4.0") Layer layer4_0;
    @Bottleneck(width = 1024, outChannels = 2048) @Repeat(value = 2, first = 1) @Key("layer4")   Layer layer4;

    @AdaptiveAvgPool2d(outputSize = 1) Layer avgpool;
    @Flatten                           Layer flatten;
    @Linear(outFeatures = 1000)        Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected WideResNet50() {}
}
