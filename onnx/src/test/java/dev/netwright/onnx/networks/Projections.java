package dev.netwright.onnx.networks;

import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.LSTM;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.Tanh;

/** LSTM with projected states, which ONNX has not: in both directions, with lengths, and with states that are given. */
@Network
@Input(
        name = "x",
        shape = {5, 3})
@Input(
        name = "h",
        shape = {4, 2})
@Input(
        name = "c",
        shape = {4, 6})
@Input(name = "length", shape = 1, type = InputType.INT32)
class Projections {
    // spotless:off
    @LSTM(hiddenSize = 6, projSize = 2, from = "x") @Output Layer plain;
    @LSTM(hiddenSize = 6, projSize = 2, bias = false, numLayers = 2, bidirectional = true, lengths = "length", from = "x") @Output Layer cut;
    @LSTM(hiddenSize = 6, projSize = 2, numLayers = 4, initialState = {"h", "c"}, from = "x") @Output Layer begun;
    @LSTM(hiddenSize = 6, projSize = 2, numLayers = 2, bidirectional = true, initialState = {"h", "c"}, from = "x") @Output Layer both;
    @LSTM(hiddenSize = 6, projSize = 2, numLayers = 2, bidirectional = true, lengths = "length", initialState = {"h", "c"}, from = "x") @Output Layer all;
    @Tanh(from = "cut.hn") @Output Layer cutHidden;
    @Tanh(from = "all.hn") @Output Layer hidden;
    @Tanh(from = "all.cn") @Output Layer kept;
    // spotless:on
}
