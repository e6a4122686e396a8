package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Parameter;
import dev.netwright.annotations.Repeat;
import dev.netwright.annotations.Slice;
import dev.netwright.annotations.Tanh;

/**
 * MiniLM-L6, an encoder of sentences (Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation"): 128 numbers of words in, of
 * 30,522, and 384 features of the sentence out, made of its first word; six layers of 12 heads, 22,713,216 parameters.
 *
 * <p>All 128 words count: a shorter sentence needs a network of its length. All are of the first of two sentences. Keys are
 * those of BERT's checkpoints; an {@code embeddings.position_ids} in a file is reported as unexpected. {@code encoder} has the
 * features of each word. For another number of words, up to 512, replace {@code places}.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "input", shape = 64, type = InputType.INT32)
 * class Sentences extends MiniLmL6 {
 *     @Slice(end = 64, from = "positions") Layer places;
 * }
 * }</pre>
 */
@Network
public class MiniLmL6 {
    // spotless:off
    @Embedding(numEmbeddings = 30_522, embeddingDim = 384)    @Key("embeddings.word_embeddings")              Layer words;
    @Parameter(shape = {512, 384})                            @Key("embeddings.position_embeddings.weight")   Layer positions;
    @Parameter(shape = {2, 384})                              @Key("embeddings.token_type_embeddings.weight") Layer types;
    @Slice(end = 128, from = "positions")                                                                     Layer places;
    @Slice(end = 1, from = "types")                                                                           Layer type;
    @Add(from = {"words", "places", "type"})                                                                  Layer sum;
    @LayerNorm(normalizedShape = 384, eps = 1e-12)            @Key("embeddings.LayerNorm")                    Layer norm;

    @BertLayer(width = 384, heads = 12) @Repeat(value = 6, key = "layer.%d")                                  Layer encoder;

    @Slice(end = 1)                                                                                           Layer first;
    @Flatten                                                                                                  Layer firstWord;
    @Linear(outFeatures = 384)                                @Key("pooler.dense")                            Layer pooler;
    @Tanh                                                                                                     Layer tanh;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected MiniLmL6() {}
}
