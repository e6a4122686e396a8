package dev.netwright.examples;

import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.GRU;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Network;

/** The next steps of a series, from the state of a recurrent layer behind the last step that the series has. */
@Network
@Input(
        name = "series",
        shape = {Tides.STEPS, 1})
@Input(name = "length", shape = 1, type = InputType.INT32)
@MSELoss
class ForecastNet {
    // spotless:off
    @GRU(hiddenSize = 64, lengths = "length", from = "series") Layer gru;         // 72 x 64
    @Flatten(from = "gru.hn")                                  Layer last;        // 64
    @Linear(outFeatures = Tides.AHEAD)                         Layer forecast;    // 24
    // spotless:on
}
