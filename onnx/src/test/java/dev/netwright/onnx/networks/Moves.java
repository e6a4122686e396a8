package dev.netwright.onnx.networks;

import dev.netwright.annotations.ChannelShuffle;
import dev.netwright.annotations.Chunk;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.Permute;
import dev.netwright.annotations.Slice;

/** Layers that move values, with every attribute. */
@Network(input = {6, 4, 5})
public class Moves {
    // spotless:off
    @ChannelShuffle(groups = 2, from = "input") @Output Layer shuffled;
    @Permute(dims = {0, 2, 3, 1}, from = "input") @Output Layer permuted;
    @ChannelShuffle(groups = 4) @Output Layer shuffledRows;
    @Permute(dims = {-4, -1, 2, 1}, from = "input") @Output Layer turned;
    @Slice(from = "input", start = 2) @Output Layer last;
    @Slice(from = "input", dim = -1, start = -4, end = -1) @Output Layer columns;
    @Chunk(from = "input", chunks = 2, index = 1) @Output Layer half;
    @Chunk(from = "input", chunks = 3, index = 2, dim = -1) @Output Layer rest;
    // spotless:on
}
