package dev.netwright.examples;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.ResNet20;

/** The zoo's network with CIFAR's pictures as its input. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
class CifarResNet20 extends ResNet20 {}
