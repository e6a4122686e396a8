package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Add;
import dev.netwright.annotations.AvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Pad;
import dev.netwright.annotations.ReLU;

/**
 * The residual network with 20 layers for CIFAR-10 (He et al. 2015, "Deep Residual Learning for Image Recognition",
 * section 4.2): pictures of 3 x 32 x 32 in, ten scores out, 269,722 parameters.
 *
 * <p>Where a stage halves the picture and doubles the channels, the shortcut has no parameters (the paper's option A):
 * every second row and column, and as many channels of zeros on each side as make up the number.
 *
 * <p>Keys are those of the usual PyTorch checkpoints without their prefix {@code module.}: {@code conv1}, {@code bn1},
 * {@code layer1.0.conv1} and so on to {@code linear}. Initial weights are those of its layers.
 */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
public class ResNet20 {
    // spotless:off
    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) Layer conv1;
    @BatchNorm2d                                                         Layer bn1;
    @ReLU                                                                Layer relu1;

    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) @Key("layer1.0.conv1") Layer layer1_0_conv1;
    @BatchNorm2d                                                         @Key("layer1.0.bn1")   Layer layer1_0_bn1;
    @ReLU                                                                @Key("layer1.0.relu1") Layer layer1_0_relu1;
    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) @Key("layer1.0.conv2") Layer layer1_0_conv2;
    @BatchNorm2d                                                         @Key("layer1.0.bn2")   Layer layer1_0_bn2;
    @Add(from = {"layer1_0_bn2", "relu1"})                               @Key("layer1.0.sum")   Layer layer1_0_sum;
    @ReLU                                                                @Key("layer1.0.relu2") Layer layer1_0_relu2;

    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) @Key("layer1.1.conv1") Layer layer1_1_conv1;
    @BatchNorm2d                                                         @Key("layer1.1.bn1")   Layer layer1_1_bn1;
    @ReLU                                                                @Key("layer1.1.relu1") Layer layer1_1_relu1;
    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) @Key("layer1.1.conv2") Layer layer1_1_conv2;
    @BatchNorm2d                                                         @Key("layer1.1.bn2")   Layer layer1_1_bn2;
    @Add(from = {"layer1_1_bn2", "layer1_0_relu2"})                      @Key("layer1.1.sum")   Layer layer1_1_sum;
    @ReLU                                                                @Key("layer1.1.relu2") Layer layer1_1_relu2;

    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) @Key("layer1.2.conv1") Layer layer1_2_conv1;
    @BatchNorm2d                                                         @Key("layer1.2.bn1")   Layer layer1_2_bn1;
    @ReLU                                                                @Key("layer1.2.relu1") Layer layer1_2_relu1;
    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) @Key("layer1.2.conv2") Layer layer1_2_conv2;
    @BatchNorm2d                                                         @Key("layer1.2.bn2")   Layer layer1_2_bn2;
    @Add(from = {"layer1_2_bn2", "layer1_1_relu2"})                      @Key("layer1.2.sum")   Layer layer1_2_sum;
    @ReLU                                                                @Key("layer1.2.relu2") Layer layer1_2_relu2;

    @Conv2d(outChannels = 32, kernelSize = 3, stride = 2, padding = 1, bias = false) @Key("layer2.0.conv1") Layer layer2_0_conv1;
    @BatchNorm2d                                                                     @Key("layer2.0.bn1")   Layer layer2_0_bn1;
    @ReLU                                                                            @Key("layer2.0.relu1") Layer layer2_0_relu1;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false)             @Key("layer2.0.conv2") Layer layer2_0_conv2;
    @BatchNorm2d                                                                     @Key("layer2.0.bn2")   Layer layer2_0_bn2;
    @AvgPool2d(kernelSize = 1, stride = 2, from = "layer1_2_relu2")                  @Key("layer2.0.skip")  Layer layer2_0_skip;
    @Pad(padding = {0, 0, 0, 0, 8, 8})                                               @Key("layer2.0.pad")   Layer layer2_0_pad;
    @Add(from = {"layer2_0_bn2", "layer2_0_pad"})                                    @Key("layer2.0.sum")   Layer layer2_0_sum;
    @ReLU                                                                            @Key("layer2.0.relu2") Layer layer2_0_relu2;

    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) @Key("layer2.1.conv1") Layer layer2_1_conv1;
    @BatchNorm2d                                                         @Key("layer2.1.bn1")   Layer layer2_1_bn1;
    @ReLU                                                                @Key("layer2.1.relu1") Layer layer2_1_relu1;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) @Key("layer2.1.conv2") Layer layer2_1_conv2;
    @BatchNorm2d                                                         @Key("layer2.1.bn2")   Layer layer2_1_bn2;
    @Add(from = {"layer2_1_bn2", "layer2_0_relu2"})                      @Key("layer2.1.sum")   Layer layer2_1_sum;
    @ReLU                                                                @Key("layer2.1.relu2") Layer layer2_1_relu2;

    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) @Key("layer2.2.conv1") Layer layer2_2_conv1;
    @BatchNorm2d                                                         @Key("layer2.2.bn1")   Layer layer2_2_bn1;
    @ReLU                                                                @Key("layer2.2.relu1") Layer layer2_2_relu1;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) @Key("layer2.2.conv2") Layer layer2_2_conv2;
    @BatchNorm2d                                                         @Key("layer2.2.bn2")   Layer layer2_2_bn2;
    @Add(from = {"layer2_2_bn2", "layer2_1_relu2"})                      @Key("layer2.2.sum")   Layer layer2_2_sum;
    @ReLU                                                                @Key("layer2.2.relu2") Layer layer2_2_relu2;

    @Conv2d(outChannels = 64, kernelSize = 3, stride = 2, padding = 1, bias = false) @Key("layer3.0.conv1") Layer layer3_0_conv1;
    @BatchNorm2d                                                                     @Key("layer3.0.bn1")   Layer layer3_0_bn1;
    @ReLU                                                                            @Key("layer3.0.relu1") Layer layer3_0_relu1;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false)             @Key("layer3.0.conv2") Layer layer3_0_conv2;
    @BatchNorm2d                                                                     @Key("layer3.0.bn2")   Layer layer3_0_bn2;
    @AvgPool2d(kernelSize = 1, stride = 2, from = "layer2_2_relu2")                  @Key("layer3.0.skip")  Layer layer3_0_skip;
    @Pad(padding = {0, 0, 0, 0, 16, 16})                                             @Key("layer3.0.pad")   Layer layer3_0_pad;
    @Add(from = {"layer3_0_bn2", "layer3_0_pad"})                                    @Key("layer3.0.sum")   Layer layer3_0_sum;
    @ReLU                                                                            @Key("layer3.0.relu2") Layer layer3_0_relu2;

    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer3.1.conv1") Layer layer3_1_conv1;
    @BatchNorm2d                                                         @Key("layer3.1.bn1")   Layer layer3_1_bn1;
    @ReLU                                                                @Key("layer3.1.relu1") Layer layer3_1_relu1;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer3.1.conv2") Layer layer3_1_conv2;
    @BatchNorm2d                                                         @Key("layer3.1.bn2")   Layer layer3_1_bn2;
    @Add(from = {"layer3_1_bn2", "layer3_0_relu2"})                      @Key("layer3.1.sum")   Layer layer3_1_sum;
    @ReLU                                                                @Key("layer3.1.relu2") Layer layer3_1_relu2;

    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer3.2.conv1") Layer layer3_2_conv1;
    @BatchNorm2d                                                         @Key("layer3.2.bn1")   Layer layer3_2_bn1;
    @ReLU                                                                @Key("layer3.2.relu1") Layer layer3_2_relu1;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer3.2.conv2") Layer layer3_2_conv2;
    @BatchNorm2d                                                         @Key("layer3.2.bn2")   Layer layer3_2_bn2;
    @Add(from = {"layer3_2_bn2", "layer3_1_relu2"})                      @Key("layer3.2.sum")   Layer layer3_2_sum;
    @ReLU                                                                @Key("layer3.2.relu2") Layer layer3_2_relu2;

    @AdaptiveAvgPool2d(outputSize = 1) Layer avgpool;
    @Flatten                           Layer flatten;
    @Linear(outFeatures = 10)          Layer linear;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected ResNet20() {}
}
