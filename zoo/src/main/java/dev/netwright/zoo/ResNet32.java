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
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Repeat;

/**
 * The residual network with 32 layers for CIFAR-10 (He et al. 2015, "Deep Residual Learning for Image Recognition",
 * section 4.2): pictures of 3 x 32 x 32 in, ten scores out, 464,154 parameters.
 *
 * <p>Where a stage halves the picture and doubles the channels, the shortcut has no parameters (the paper's option A),
 * see {@link PaddedDownBlock}. torchvision has no such network: keys are those of the usual PyTorch checkpoints, such
 * as those of akamaster/pytorch_resnet_cifar10, without their prefix {@code module.}: {@code conv1}, {@code bn1},
 * {@code layer1.0.conv1} and so on to {@code linear}. All weights of convolutions and of the last layer start by
 * {@code kaiming_normal_}, as there.
 *
 * <pre>{@code
 * @Network(input = {3, 32, 32})
 * @CrossEntropyLoss
 * class Cifar100 extends ResNet32 {
 *     @Linear(outFeatures = 100) Layer linear;  // in the place of the layer with ten scores
 * }
 * }</pre>
 */
@Network
@Init(
        value = InitMethod.KAIMING_NORMAL,
        layers = {Conv2d.class, Linear.class})
public class ResNet32 {
    // spotless:off
    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) Layer conv1;
    @BatchNorm2d                                                         Layer bn1;
    @ReLU                                                                Layer relu1;

    @BasicBlock(width = 16) @Repeat(5)                                     Layer layer1;
    @PaddedDownBlock(width = 32)                          @Key("layer2.0") Layer layer2_0;
    @BasicBlock(width = 32) @Repeat(value = 4, first = 1) @Key("layer2")   Layer layer2;
    @PaddedDownBlock(width = 64)                          @Key("layer3.0") Layer layer3_0;
    @BasicBlock(width = 64) @Repeat(value = 4, first = 1) @Key("layer3")   Layer layer3;

    @AdaptiveAvgPool2d(outputSize = 1) Layer avgpool;
    @Flatten                           Layer flatten;
    @Linear(outFeatures = 10)          Layer linear;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected ResNet32() {}
}
