package dev.netwright.onnx.networks;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Normalize;
import dev.netwright.annotations.Output;

/** Inputs of every type, normalised and as they are. */
@Network
@Input(
        name = "pixels",
        shape = {3, 4, 5},
        type = InputType.UINT8)
@Input(
        name = "counts",
        shape = {3, 4, 5},
        type = InputType.INT32)
@Input(
        name = "numbers",
        shape = {3, 4, 5})
@SuppressWarnings("netwright/byte-scale")
public class IntegerInputs {
    // spotless:off
    @Normalize(mean = {0.4914, 0.4822, 0.4465}, std = {0.2470, 0.2435, 0.2616}, from = "pixels") @Output Layer image;
    @Normalize(mean = 0.5, std = {0.25, 1, -2}, from = "pixels") @Output Layer imageWithOneMean;
    @Conv2d(outChannels = 4, kernelSize = 3, from = "image") @Output Layer conv;
    @Conv2d(outChannels = 4, kernelSize = 3, from = "pixels") @Output Layer convOfBytes;
    @Identity(from = "pixels") Layer same;
    @Normalize(mean = 127.5, std = 64) @Output Layer behindAnother;
    @Normalize(mean = {3, -2, 0}, std = 50, from = "counts") @Output Layer ints;
    @Conv2d(outChannels = 2, kernelSize = 1, from = "counts") @Output Layer convOfInts;
    @Normalize(mean = 0.25, std = 1.5, from = "numbers") @Output Layer floats;
    // spotless:on
}
