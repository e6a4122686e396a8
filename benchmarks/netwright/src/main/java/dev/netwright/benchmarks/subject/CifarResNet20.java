package dev.netwright.benchmarks.subject;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.ResNet20;

/** The zoo's network at CIFAR's size. */
@Network(input = {3, 32, 32})
@CrossEntropyLoss
class CifarResNet20 extends ResNet20 {}
