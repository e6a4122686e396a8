package dev.netwright.zoo;

import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.GRU;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Slice;

/**
 * A forecaster of series by gated recurrent units (Cho et al. 2014, "Learning Phrase Representations using RNN
 * Encoder-Decoder"): steps x features in, the next 24 values out, such as the hours of a day, for any number of steps; 39,384
 * parameters with one feature.
 *
 * <p>Two layers lie one upon the other; the forecast is made of the upper one's state behind the last step. Keys and initial
 * weights are those of {@code nn.GRU} and {@code nn.Linear} in fields of these names.
 *
 * <pre>{@code
 * @Network(input = {168, 1})
 * @MSELoss
 * class Load extends GruForecaster {}
 * }</pre>
 *
 * <p>Series of several lengths have an input more, and a layer that reads it in the place of the first:
 *
 * <pre>{@code
 * @Network
 * @Input(name = "input", shape = {168, 1})
 * @Input(name = "length", shape = 1, type = InputType.INT32)
 * @MSELoss
 * class Load extends GruForecaster {
 *     @GRU(hiddenSize = 64, numLayers = 2, lengths = "length", from = "input") Layer gru;
 * }
 * }</pre>
 */
@Network
public class GruForecaster {
    // spotless:off
    @GRU(hiddenSize = 64, numLayers = 2) Layer gru;
    @Slice(start = 1, from = "gru.hn")   Layer upper;
    @Flatten                             Layer last;
    @Linear(outFeatures = 24)            Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected GruForecaster() {}
}
