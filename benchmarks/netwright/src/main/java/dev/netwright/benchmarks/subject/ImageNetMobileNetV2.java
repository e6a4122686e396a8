package dev.netwright.benchmarks.subject;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.MobileNetV2;

/** The zoo's network at ImageNet's size. */
@Network(input = {3, 224, 224})
@CrossEntropyLoss
class ImageNetMobileNetV2 extends MobileNetV2 {}
