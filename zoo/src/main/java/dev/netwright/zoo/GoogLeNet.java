package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;

/**
 * GoogLeNet, also called Inception v1, for ImageNet (Szegedy et al. 2014, "Going Deeper with Convolutions", table 1),
 * with batch normalisation and with its two auxiliary heads: pictures of 3 x 224 x 224 in, 1000 scores out, 13,004,888
 * parameters, of which 6,624,904 without the heads.
 *
 * <p>Any size from 15 x 15 on will do. Keys, shapes and initial weights are those of torchvision's {@code googlenet}.
 * The scaling of inputs that torchvision puts before its trained weights is not here.
 *
 * <p>The heads are {@code aux1} and {@code aux2}, their scores {@code aux1.fc2} and {@code aux2.fc2}. They are no
 * outputs: what predicts does not compute them. With the paper's losses:
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss(of = "fc")
 * @CrossEntropyLoss(of = "aux1.fc2", scale = 0.3)
 * @CrossEntropyLoss(of = "aux2.fc2", scale = 0.3)
 * class Classifier extends GoogLeNet {
 *     @InceptionAux(classes = 10, from = "inception4a") Layer aux1;  // in the place of the layer with 1000 scores
 *     @InceptionAux(classes = 10, from = "inception4d") Layer aux2;
 *     @Linear(outFeatures = 10)                         Layer fc;
 * }
 * }</pre>
 */
@Network
@Init(
        value = InitMethod.TRUNC_NORMAL,
        layers = {Conv2d.class, Linear.class},
        std = 0.01)
public class GoogLeNet {
    // spotless:off
    @BasicConv2d(outChannels = 64, kernelSize = 7, stride = 2, padding = 3) Layer conv1;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true)                 Layer maxpool1;
    @BasicConv2d(outChannels = 64)                                          Layer conv2;
    @BasicConv2d(outChannels = 192, kernelSize = 3, padding = 1)            Layer conv3;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true)                 Layer maxpool2;

    @Inception(ch1x1 =  64, ch3x3red =  96, ch3x3 = 128, ch5x5red = 16, ch5x5 =  32, poolProj =  32) Layer inception3a;
    @Inception(ch1x1 = 128, ch3x3red = 128, ch3x3 = 192, ch5x5red = 32, ch5x5 =  96, poolProj =  64) Layer inception3b;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true)                                          Layer maxpool3;
    @Inception(ch1x1 = 192, ch3x3red =  96, ch3x3 = 208, ch5x5red = 16, ch5x5 =  48, poolProj =  64) Layer inception4a;
    @Inception(ch1x1 = 160, ch3x3red = 112, ch3x3 = 224, ch5x5red = 24, ch5x5 =  64, poolProj =  64) Layer inception4b;
    @Inception(ch1x1 = 128, ch3x3red = 128, ch3x3 = 256, ch5x5red = 24, ch5x5 =  64, poolProj =  64) Layer inception4c;
    @Inception(ch1x1 = 112, ch3x3red = 144, ch3x3 = 288, ch5x5red = 32, ch5x5 =  64, poolProj =  64) Layer inception4d;
    @Inception(ch1x1 = 256, ch3x3red = 160, ch3x3 = 320, ch5x5red = 32, ch5x5 = 128, poolProj = 128) Layer inception4e;
    @MaxPool2d(kernelSize = 2, stride = 2, ceilMode = true)                                          Layer maxpool4;
    @Inception(ch1x1 = 256, ch3x3red = 160, ch3x3 = 320, ch5x5red = 32, ch5x5 = 128, poolProj = 128) Layer inception5a;
    @Inception(ch1x1 = 384, ch3x3red = 192, ch3x3 = 384, ch5x5red = 48, ch5x5 = 128, poolProj = 128) Layer inception5b;

    // only losses need them
    @InceptionAux(from = "inception4a") Layer aux1;
    @InceptionAux(from = "inception4d") Layer aux2;

    @AdaptiveAvgPool2d(outputSize = 1, from = "inception5b")         Layer avgpool;
    @Flatten                                                         Layer flatten;
    @Dropout(p = 0.2)                                                Layer dropout;
    @Linear(outFeatures = 1000)                              @Output Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected GoogLeNet() {}
}
