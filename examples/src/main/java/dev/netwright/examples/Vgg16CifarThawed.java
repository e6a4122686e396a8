package dev.netwright.examples;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.Vgg16;

/** The layers of {@link Vgg16Cifar}, all of them trained. */
@Network(input = {3, 64, 64})
@CrossEntropyLoss
class Vgg16CifarThawed extends Vgg16 {
    @Linear(outFeatures = 10)
    @Key("classifier.add_linear")
    Layer addLinear;
}
