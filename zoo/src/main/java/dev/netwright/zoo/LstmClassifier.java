package dev.netwright.zoo;

import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.LSTM;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;

/**
 * A classifier of texts by an LSTM (Hochreiter and Schmidhuber 1997, "Long Short-Term Memory"): numbers of words and how many of
 * them count in, two scores out, for any number of words; 2,692,354 parameters with 20,000 words.
 *
 * <p>The scores are made of the state behind each text's last word; what stands beyond is not looked at. Keys and initial
 * weights are those of {@code nn.Embedding}, {@code nn.LSTM} and {@code nn.Linear} in fields of these names, with the lengths of
 * {@code pack_padded_sequence}.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "words", shape = 50, type = InputType.INT32)
 * @Input(name = "length", shape = 1, type = InputType.INT32)
 * @CrossEntropyLoss
 * class Topics extends LstmClassifier {
 *     @Linear(outFeatures = 4) Layer fc;                   // in the place of the layer with two scores
 * }
 * }</pre>
 */
@Network
@Input(name = "words", type = InputType.INT32)
@Input(name = "length", shape = 1, type = InputType.INT32)
public class LstmClassifier {
    // spotless:off
    @Embedding(numEmbeddings = 20_000, embeddingDim = 128, from = "words") Layer embedding;
    @LSTM(hiddenSize = 128, lengths = "length")                            Layer lstm;
    @Flatten(from = "lstm.hn")                                             Layer last;
    @Dropout                                                               Layer dropout;
    @Linear(outFeatures = 2)                                               Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected LstmClassifier() {}
}
