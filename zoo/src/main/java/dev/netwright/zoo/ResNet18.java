package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Add;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/**
 * The residual network with 18 layers for ImageNet (He et al. 2015, "Deep Residual Learning for Image Recognition",
 * table 1): pictures of 3 x 224 x 224 in, 1000 scores out, 11,689,512 parameters.
 *
 * <p>Where a stage halves the picture and doubles the channels, the shortcut is a convolution of 1 x 1 (the paper's
 * option B). Keys are those of torchvision's {@code resnet18}, {@code conv1} and {@code layer1.0.conv1} to {@code fc};
 * torchvision uses one ReLU in two places, and the sums are no layers there. Initial weights are those of its layers;
 * torchvision draws other ones.
 */
@Network(input = {3, 224, 224})
@CrossEntropyLoss
public class ResNet18 {
    // spotless:off
    @Conv2d(outChannels = 64, kernelSize = 7, stride = 2, padding = 3, bias = false) Layer conv1;
    @BatchNorm2d                                                                     Layer bn1;
    @ReLU                                                                            Layer relu;
    @MaxPool2d(kernelSize = 3, stride = 2, padding = 1)                              Layer maxpool;

    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer1.0.conv1") Layer layer1_0_conv1;
    @BatchNorm2d                                                         @Key("layer1.0.bn1")   Layer layer1_0_bn1;
    @ReLU                                                                @Key("layer1.0.relu")  Layer layer1_0_relu;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer1.0.conv2") Layer layer1_0_conv2;
    @BatchNorm2d                                                         @Key("layer1.0.bn2")   Layer layer1_0_bn2;
    @Add(from = {"layer1_0_bn2", "maxpool"})                             @Key("layer1.0.sum")   Layer layer1_0_sum;
    @ReLU                                                                @Key("layer1.0.relu2") Layer layer1_0_relu2;

    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer1.1.conv1") Layer layer1_1_conv1;
    @BatchNorm2d                                                         @Key("layer1.1.bn1")   Layer layer1_1_bn1;
    @ReLU                                                                @Key("layer1.1.relu")  Layer layer1_1_relu;
    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) @Key("layer1.1.conv2") Layer layer1_1_conv2;
    @BatchNorm2d                                                         @Key("layer1.1.bn2")   Layer layer1_1_bn2;
    @Add(from = {"layer1_1_bn2", "layer1_0_relu2"})                      @Key("layer1.1.sum")   Layer layer1_1_sum;
    @ReLU                                                                @Key("layer1.1.relu2") Layer layer1_1_relu2;

    @Conv2d(outChannels = 128, kernelSize = 3, stride = 2, padding = 1, bias = false)             @Key("layer2.0.conv1")        Layer layer2_0_conv1;
    @BatchNorm2d                                                                                  @Key("layer2.0.bn1")          Layer layer2_0_bn1;
    @ReLU                                                                                         @Key("layer2.0.relu")         Layer layer2_0_relu;
    @Conv2d(outChannels = 128, kernelSize = 3, padding = 1, bias = false)                         @Key("layer2.0.conv2")        Layer layer2_0_conv2;
    @BatchNorm2d                                                                                  @Key("layer2.0.bn2")          Layer layer2_0_bn2;
    @Conv2d(outChannels = 128, kernelSize = 1, stride = 2, bias = false, from = "layer1_1_relu2") @Key("layer2.0.downsample.0") Layer layer2_0_downsample_0;
    @BatchNorm2d                                                                                  @Key("layer2.0.downsample.1") Layer layer2_0_downsample_1;
    @Add(from = {"layer2_0_bn2", "layer2_0_downsample_1"})                                        @Key("layer2.0.sum")          Layer layer2_0_sum;
    @ReLU                                                                                         @Key("layer2.0.relu2")        Layer layer2_0_relu2;

    @Conv2d(outChannels = 128, kernelSize = 3, padding = 1, bias = false) @Key("layer2.1.conv1") Layer layer2_1_conv1;
    @BatchNorm2d                                                          @Key("layer2.1.bn1")   Layer layer2_1_bn1;
    @ReLU                                                                 @Key("layer2.1.relu")  Layer layer2_1_relu;
    @Conv2d(outChannels = 128, kernelSize = 3, padding = 1, bias = false) @Key("layer2.1.conv2") Layer layer2_1_conv2;
    @BatchNorm2d                                                          @Key("layer2.1.bn2")   Layer layer2_1_bn2;
    @Add(from = {"layer2_1_bn2", "layer2_0_relu2"})                       @Key("layer2.1.sum")   Layer layer2_1_sum;
    @ReLU                                                                 @Key("layer2.1.relu2") Layer layer2_1_relu2;

    @Conv2d(outChannels = 256, kernelSize = 3, stride = 2, padding = 1, bias = false)             @Key("layer3.0.conv1")        Layer layer3_0_conv1;
    @BatchNorm2d                                                                                  @Key("layer3.0.bn1")          Layer layer3_0_bn1;
    @ReLU                                                                                         @Key("layer3.0.relu")         Layer layer3_0_relu;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1, bias = false)                         @Key("layer3.0.conv2")        Layer layer3_0_conv2;
    @BatchNorm2d                                                                                  @Key("layer3.0.bn2")          Layer layer3_0_bn2;
    @Conv2d(outChannels = 256, kernelSize = 1, stride = 2, bias = false, from = "layer2_1_relu2") @Key("layer3.0.downsample.0") Layer layer3_0_downsample_0;
    @BatchNorm2d                                                                                  @Key("layer3.0.downsample.1") Layer layer3_0_downsample_1;
    @Add(from = {"layer3_0_bn2", "layer3_0_downsample_1"})                                        @Key("layer3.0.sum")          Layer layer3_0_sum;
    @ReLU                                                                                         @Key("layer3.0.relu2")        Layer layer3_0_relu2;

    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1, bias = false) @Key("layer3.1.conv1") Layer layer3_1_conv1;
    @BatchNorm2d                                                          @Key("layer3.1.bn1")   Layer layer3_1_bn1;
    @ReLU                                                                 @Key("layer3.1.relu")  Layer layer3_1_relu;
    @Conv2d(outChannels = 256, kernelSize = 3, padding = 1, bias = false) @Key("layer3.1.conv2") Layer layer3_1_conv2;
    @BatchNorm2d                                                          @Key("layer3.1.bn2")   Layer layer3_1_bn2;
    @Add(from = {"layer3_1_bn2", "layer3_0_relu2"})                       @Key("layer3.1.sum")   Layer layer3_1_sum;
    @ReLU                                                                 @Key("layer3.1.relu2") Layer layer3_1_relu2;

    @Conv2d(outChannels = 512, kernelSize = 3, stride = 2, padding = 1, bias = false)             @Key("layer4.0.conv1")        Layer layer4_0_conv1;
    @BatchNorm2d                                                                                  @Key("layer4.0.bn1")          Layer layer4_0_bn1;
    @ReLU                                                                                         @Key("layer4.0.relu")         Layer layer4_0_relu;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1, bias = false)                         @Key("layer4.0.conv2")        Layer layer4_0_conv2;
    @BatchNorm2d                                                                                  @Key("layer4.0.bn2")          Layer layer4_0_bn2;
    @Conv2d(outChannels = 512, kernelSize = 1, stride = 2, bias = false, from = "layer3_1_relu2") @Key("layer4.0.downsample.0") Layer layer4_0_downsample_0;
    @BatchNorm2d                                                                                  @Key("layer4.0.downsample.1") Layer layer4_0_downsample_1;
    @Add(from = {"layer4_0_bn2", "layer4_0_downsample_1"})                                        @Key("layer4.0.sum")          Layer layer4_0_sum;
    @ReLU                                                                                         @Key("layer4.0.relu2")        Layer layer4_0_relu2;

    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1, bias = false) @Key("layer4.1.conv1") Layer layer4_1_conv1;
    @BatchNorm2d                                                          @Key("layer4.1.bn1")   Layer layer4_1_bn1;
    @ReLU                                                                 @Key("layer4.1.relu")  Layer layer4_1_relu;
    @Conv2d(outChannels = 512, kernelSize = 3, padding = 1, bias = false) @Key("layer4.1.conv2") Layer layer4_1_conv2;
    @BatchNorm2d                                                          @Key("layer4.1.bn2")   Layer layer4_1_bn2;
    @Add(from = {"layer4_1_bn2", "layer4_0_relu2"})                       @Key("layer4.1.sum")   Layer layer4_1_sum;
    @ReLU                                                                 @Key("layer4.1.relu2") Layer layer4_1_relu2;

    @AdaptiveAvgPool2d(outputSize = 1) Layer avgpool;
    @Flatten                           Layer flatten;
    @Linear(outFeatures = 1000)        Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected ResNet18() {}
}
