package dev.netwright.onnx.networks;

import dev.netwright.annotations.GRU;
import dev.netwright.annotations.GRUCell;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.LSTM;
import dev.netwright.annotations.LSTMCell;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.RNN;
import dev.netwright.annotations.RNNCell;
import dev.netwright.annotations.Tanh;

/** Layers over time, with their attributes, and cells. */
@Network
@Input(
        name = "x",
        shape = {5, 3})
@Input(
        name = "h",
        shape = {2, 4})
@Input(name = "vector", shape = 7)
class Recurrences {
    @LSTM(hiddenSize = 6, from = "x")
    Layer lstm;

    @GRU(hiddenSize = 4, numLayers = 2, bidirectional = true, bias = false)
    @Output
    Layer gru;

    @GRU(hiddenSize = 4, numLayers = 2, initialState = "h", from = "lstm")
    @Output
    Layer begun;

    @RNN(hiddenSize = 5, bidirectional = true)
    Layer rnn;

    @RNN(hiddenSize = 5, nonlinearity = RNN.Nonlinearity.RELU)
    @Output
    Layer cut;

    @Tanh(from = "lstm.hn")
    @Output
    Layer hidden;

    @Tanh(from = "lstm.cn")
    @Output
    Layer kept;

    @Tanh(from = "gru.hn")
    @Output
    Layer all;

    @LSTMCell(hiddenSize = 3, from = "vector")
    Layer first;

    @LSTMCell(
            hiddenSize = 3,
            from = "vector",
            initialState = {"first", "first.c"})
    Layer second;

    @GRUCell(hiddenSize = 3, initialState = "second")
    Layer third;

    @RNNCell(hiddenSize = 3, nonlinearity = RNN.Nonlinearity.RELU)
    @Output
    Layer fourth;
}
