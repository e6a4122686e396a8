package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/**
 * AlexNet for ImageNet, on one device and without its normalisations (Krizhevsky 2014, "One weird trick for
 * parallelizing convolutional neural networks"): pictures of 3 x 224 x 224 in, 1000 scores out, 61,100,840 parameters.
 *
 * <p>Other pictures are taken from 63 x 63 on, with the same parameters: the pool before the classifier always gives
 * 6 x 6. Keys, their order and the initial weights are those of torchvision's {@code alexnet}, {@code features.0} to
 * {@code classifier.6}; the fields are numbered as in the paper of 2012.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends AlexNet {
 *     @Linear(outFeatures = 10) Layer fc8;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
public class AlexNet {
    // spotless:off
    @Conv2d(outChannels = 64, kernelSize = 11, stride = 4, padding = 2) @Key("features.0")  Layer conv1;
    @ReLU                                                               @Key("features.1")  Layer relu1;
    @MaxPool2d(kernelSize = 3, stride = 2)                              @Key("features.2")  Layer pool1;
    @Conv2d(outChannels = 192, kernelSize = 5, padding = 2)             @Key("features.3")  Layer conv2;
    @ReLU                                                               @Key("features.4")  Layer relu2;
    @MaxPool2d(kernelSize = 3, stride = 2)                              @Key("features.5")  Layer pool2;
    @Conv2d(outChannels = 384, kernelSize = 3, padding = 1)             @Key("features.6")  Layer conv3;
    @ReLU                                                               @Key("features.7")  Layer relu3;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1)             @Key("features.8")  Layer conv4;
    @ReLU                                                               @Key("features.9")  Layer relu4;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1)             @Key("features.10") Layer conv5;
    @ReLU                                                               @Key("features.11") Layer relu5;
    @MaxPool2d(kernelSize = 3, stride = 2)                              @Key("features.12") Layer pool5;

    @AdaptiveAvgPool2d(outputSize = 6)                      Layer avgpool;
    @Flatten                                                Layer flatten;
    @Dropout(p = 0.5)                  @Key("classifier.0") Layer drop6;
    @Linear(outFeatures = 4096)        @Key("classifier.1") Layer fc6;
    @ReLU                              @Key("classifier.2") Layer relu6;
    @Dropout(p = 0.5)                  @Key("classifier.3") Layer drop7;
    @Linear(outFeatures = 4096)        @Key("classifier.4") Layer fc7;
    @ReLU                              @Key("classifier.5") Layer relu7;
    @Linear(outFeatures = 1000)        @Key("classifier.6") Layer fc8;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected AlexNet() {}
}
