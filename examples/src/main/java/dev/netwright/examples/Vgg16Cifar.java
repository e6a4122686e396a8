package dev.netwright.examples;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Frozen;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.Vgg16;

/**
 * VGG-16 with a layer behind its 1000 scores that makes ten of them, and convolutions that stay as they are. In PyTorch:
 *
 * <pre>{@code
 * vgg16 = torchvision.models.vgg16(pretrained=True)
 * vgg16.classifier.add_module("add_linear", nn.Linear(1000, 10))
 * for p in vgg16.features.parameters(): p.requires_grad = False
 * }</pre>
 *
 * <p>Any input from 3 x 32 x 32 on has the same parameters. Pictures of 64 x 64 cost a twelfth of the 224 x 224 that the
 * network was made for; write {@code input = {3, 224, 224}} for the full size.
 */
@Network(input = {3, 64, 64})
@CrossEntropyLoss
@Frozen("features*")
class Vgg16Cifar extends Vgg16 {
    @Linear(outFeatures = 10)
    @Key("classifier.add_linear")
    Layer addLinear;
}
