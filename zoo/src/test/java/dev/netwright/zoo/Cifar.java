package dev.netwright.zoo;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Network;

/** As a user would declare it, but for the package. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
class Cifar extends ResNet20 {}
