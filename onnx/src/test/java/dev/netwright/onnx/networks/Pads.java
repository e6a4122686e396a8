package dev.netwright.onnx.networks;

import dev.netwright.annotations.CircularPad1d;
import dev.netwright.annotations.CircularPad2d;
import dev.netwright.annotations.CircularPad3d;
import dev.netwright.annotations.ConstantPad1d;
import dev.netwright.annotations.ConstantPad2d;
import dev.netwright.annotations.ConstantPad3d;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.ReflectionPad1d;
import dev.netwright.annotations.ReflectionPad2d;
import dev.netwright.annotations.ReflectionPad3d;
import dev.netwright.annotations.ReplicationPad1d;
import dev.netwright.annotations.ReplicationPad2d;
import dev.netwright.annotations.ReplicationPad3d;
import dev.netwright.annotations.ZeroPad1d;
import dev.netwright.annotations.ZeroPad2d;
import dev.netwright.annotations.ZeroPad3d;

/** PyTorch's modules that pad, each around what it is for. */
@Network
@Input(
        name = "row",
        shape = {2, 7})
@Input(
        name = "image",
        shape = {3, 4, 5})
@Input(
        name = "volume",
        shape = {2, 3, 4, 5})
public class Pads {
    // spotless:off
    @ReflectionPad1d(padding = {3, 1}, from = "row") @Output Layer reflected;
    @ReplicationPad1d(padding = {-2, 3}, from = "row") @Output Layer replicated;
    @ZeroPad1d(padding = 2, from = "row") @Output Layer zeros;
    @ConstantPad1d(padding = {1, -2}, value = 0.5, from = "row") @Output Layer constants;
    @CircularPad1d(padding = {7, 2}, from = "row") @Output Layer circular;
    @ReflectionPad2d(padding = {4, 1, 0, 3}, from = "image") @Output Layer reflectedImage;
    @ReplicationPad2d(padding = {1, -2, -1, 3}, from = "image") @Output Layer replicatedImage;
    @ZeroPad2d(padding = {1, 0, -2, 2}, from = "image") @Output Layer zeroImage;
    @ConstantPad2d(padding = 1, value = -1.25, from = "image") @Output Layer constantImage;
    @CircularPad2d(padding = {5, 1, 0, 4}, from = "image") @Output Layer circularImage;
    @ReflectionPad3d(padding = {1, 2, 3, 0, 1, 2}, from = "volume") @Output Layer reflectedVolume;
    @ReplicationPad3d(padding = {1, -2, 0, 1, -1, 2}, from = "volume") @Output Layer replicatedVolume;
    @ZeroPad3d(padding = {1, 0, -1, 2, 0, 1}, from = "volume") @Output Layer zeroVolume;
    @ConstantPad3d(padding = 1, value = 3, from = "volume") @Output Layer constantVolume;
    @CircularPad3d(padding = {5, 1, 0, 4, 3, 1}, from = "volume") @Output Layer circularVolume;
    // spotless:on
}
