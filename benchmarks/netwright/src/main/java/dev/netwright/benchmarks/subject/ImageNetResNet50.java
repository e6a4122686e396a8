package dev.netwright.benchmarks.subject;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.ResNet50;

/** The zoo's network at ImageNet's size. */
@Network(input = {3, 224, 224})
@CrossEntropyLoss
class ImageNetResNet50 extends ResNet50 {}
