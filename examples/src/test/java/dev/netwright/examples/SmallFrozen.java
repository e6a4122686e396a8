package dev.netwright.examples;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Frozen;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;

/** What {@link Vgg16Cifar} is to VGG-16. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
@Frozen("features*")
class SmallFrozen extends SmallNet {
    @Linear(outFeatures = 10)
    @Key("classifier.add_linear")
    Layer addLinear;
}
