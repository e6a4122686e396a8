package dev.netwright.zoo;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/**
 * LeNet-5 for digits (LeCun et al. 1998, "Gradient-based learning applied to document recognition"), as PyTorch's
 * tutorial "Neural Networks" has it: pictures of 1 x 32 x 32 in, ten scores out, 61,706 parameters.
 *
 * <p>ReLUs stand in the place of the paper's scaled tangents, max pools in that of its pools with weights, all maps of
 * the second convolution read all of the first, and the last layer is linear. Keys and initial weights are those of
 * the tutorial; torchvision has no such network. With an input of 3 x 32 x 32 it is the network of the tutorial
 * "Training a Classifier", of 62,006 parameters; with one of 1 x 28 x 28, MNIST's, it has 44,426.
 *
 * <pre>{@code
 * @Network(input = {1, 32, 32})
 * @CrossEntropyLoss
 * class Digits extends LeNet5 {}
 * }</pre>
 */
@Network
public class LeNet5 {
    // spotless:off
    @Conv2d(outChannels = 6, kernelSize = 5)  Layer conv1;
    @ReLU                                     Layer relu1;
    @MaxPool2d(kernelSize = 2)                Layer pool1;
    @Conv2d(outChannels = 16, kernelSize = 5) Layer conv2;
    @ReLU                                     Layer relu2;
    @MaxPool2d(kernelSize = 2)                Layer pool2;
    @Flatten                                  Layer flatten;
    @Linear(outFeatures = 120)                Layer fc1;
    @ReLU                                     Layer relu3;
    @Linear(outFeatures = 84)                 Layer fc2;
    @ReLU                                     Layer relu4;
    @Linear(outFeatures = 10)                 Layer fc3;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected LeNet5() {}
}
