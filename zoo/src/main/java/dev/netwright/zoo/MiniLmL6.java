package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.LpNormalize;
import dev.netwright.annotations.Mean;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Parameter;
import dev.netwright.annotations.Repeat;
import dev.netwright.annotations.Slice;
import dev.netwright.annotations.Tanh;

/**
 * MiniLM-L6, an encoder of sentences (Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation"): up to 128 numbers of words
 * and how many of them count in, 384 features of the sentence out; six layers of 12 heads, 22,713,216 parameters.
 *
 * <p>The features are the mean of those of the words that count, and have the length 1, as sentence-transformers' has them: a
 * scalar product of two sentences' is how alike they are. Numbers of words are those of BERT's tokenizer, the marks of the
 * beginning, 101, and the end, 102, among them; what stands beyond the length is not looked at. There is no mask to give.
 *
 * <p>Keys are those of BERT's checkpoints; an {@code embeddings.position_ids} in a file is reported as unexpected. All words are
 * of the first of two sentences. {@code encoder} has the features of each word, and {@code tanh} what BERT's pooler makes of the
 * first. For another number of words, up to 512, replace {@code places}.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "words", shape = 64, type = InputType.INT32)
 * @Input(name = "length", shape = 1, type = InputType.INT32)
 * class Sentences extends MiniLmL6 {
 *     @Slice(end = 64, from = "positions") Layer places;
 * }
 *
 * SentencesModel net = SentencesModel.create(0);
 * net.loadStateDict(StateDicts.read(Path.of("model.safetensors")), false);
 * float[] features = net.predict(words, new int[] {5, 12}, 2);                // of two sentences, of 5 and 12 words
 * }</pre>
 */
@Network
@Input(name = "words", type = InputType.INT32)
@Input(name = "length", shape = 1, type = InputType.INT32)
public class MiniLmL6 {
    // spotless:off
    @Embedding(numEmbeddings = 30_522, embeddingDim = 384, from = "words")
                                                              @Key("embeddings.word_embeddings")              Layer embedding;
    @Parameter(shape = {512, 384})                            @Key("embeddings.position_embeddings.weight")   Layer positions;
    @Parameter(shape = {2, 384})                              @Key("embeddings.token_type_embeddings.weight") Layer types;
    @Slice(end = 128, from = "positions")                                                                     Layer places;
    @Slice(end = 1, from = "types")                                                                           Layer type;
    @Add(from = {"embedding", "places", "type"})                                                              Layer sum;
    @LayerNorm(normalizedShape = 384, eps = 1e-12)            @Key("embeddings.LayerNorm")                    Layer norm;

    @BertLayer(width = 384, heads = 12, from = {"norm", "length"})
    @Repeat(value = 6, key = "layer.%d")                                                                      Layer encoder;

    @Slice(end = 1)                                                                                           Layer first;
    @Flatten                                                                                                  Layer firstWord;
    @Linear(outFeatures = 384)                                @Key("pooler.dense")                            Layer pooler;
    @Tanh                                                                                                     Layer tanh;

    @Mean(dim = 1, from = "encoder", lengths = "length")                                                      Layer mean;
    @LpNormalize                                                                                              Layer sentence;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected MiniLmL6() {}
}
