package dev.netwright.onnx.ort;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.ResNet18;

/** The zoo's network at ImageNet's size. */
@Network(input = {3, 224, 224})
@CrossEntropyLoss
class ImageNetResNet18 extends ResNet18 {}
