package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Mean;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Parameter;
import dev.netwright.annotations.Repeat;
import dev.netwright.annotations.TransformerEncoderLayer;

/**
 * A classifier of texts by the encoder of a transformer (Vaswani et al. 2017, "Attention Is All You Need"): 128 numbers of words
 * and how many of them count in, two scores out; four layers of four heads, 3,369,730 parameters with 20,000 words.
 *
 * <p>Learned places are added to the words; the scores are made of the mean of what the encoder gives for the words that count.
 * For another number of words replace {@code positions}. Keys are those of {@code nn.Embedding}, {@code nn.TransformerEncoder}
 * and {@code nn.Linear} in fields of these names. Initial weights are those of {@code nn.TransformerEncoderLayer}, drawn for each
 * layer anew, where {@code nn.TransformerEncoder} copies the first.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "words", shape = 64, type = InputType.INT32)
 * @Input(name = "length", shape = 1, type = InputType.INT32)
 * @CrossEntropyLoss
 * class Topics extends TransformerClassifier {
 *     @Parameter(shape = {64, 128}) @Init(value = InitMethod.NORMAL, std = 0.02) Layer positions;
 *     @Linear(outFeatures = 4) Layer fc;                   // in the place of the layer with two scores
 * }
 * }</pre>
 */
@Network
@Input(name = "words", type = InputType.INT32)
@Input(name = "length", shape = 1, type = InputType.INT32)
public class TransformerClassifier {
    // spotless:off
    @Parameter(shape = {128, 128}) @Init(value = InitMethod.NORMAL, std = 0.02)     Layer positions;
    @Embedding(numEmbeddings = 20_000, embeddingDim = 128, from = "words")          Layer embedding;
    @Add(from = {"embedding", "positions"})                                         Layer placed;
    @Dropout(p = 0.1)                                                               Layer dropout;
    @TransformerEncoderLayer(nhead = 4, dimFeedforward = 512, lengths = "length")
    @Repeat(value = 4, key = "layers.%d")                                           Layer encoder;
    @Mean(dim = 1, lengths = "length")                                              Layer mean;
    @Linear(outFeatures = 2)                                                        Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected TransformerClassifier() {}
}
