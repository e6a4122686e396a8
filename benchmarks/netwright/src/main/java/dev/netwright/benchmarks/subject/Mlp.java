package dev.netwright.benchmarks.subject;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/** A perceptron with one hidden layer. */
@Network(input = 784)
@CrossEntropyLoss
class Mlp {
    // spotless:off
    @Linear(outFeatures = 128) Layer fc1;
    @ReLU                      Layer relu;
    @Linear(outFeatures = 10)  Layer fc2;
    // spotless:on
}
