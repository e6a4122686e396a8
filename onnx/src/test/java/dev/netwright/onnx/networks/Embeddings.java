package dev.netwright.onnx.networks;

import dev.netwright.annotations.Concat;
import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.EmbeddingBag;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Normalize;
import dev.netwright.annotations.Output;

/** Rows by indices, of an input that nobody else reads and of one that is computed with as well. */
@Network
@Input(name = "words", shape = 6, type = InputType.INT32)
@Input(
        name = "map",
        shape = {2, 3},
        type = InputType.INT32)
@Input(name = "factors", shape = 6)
public class Embeddings {
    // spotless:off
    @Embedding(numEmbeddings = 40, embeddingDim = 5, paddingIdx = 0, from = "words") @Output Layer vectors;
    @Embedding(numEmbeddings = 50, embeddingDim = 16, sparse = true, from = "map") @Output Layer places;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, from = "words") @Output Layer mean;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, mode = EmbeddingBag.Mode.SUM, from = "words") @Output Layer sum;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, mode = EmbeddingBag.Mode.MAX, from = "words") @Output Layer max;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, paddingIdx = 0, from = "words") @Output Layer meanOfSome;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, mode = EmbeddingBag.Mode.SUM, paddingIdx = 0, from = "words") @Output Layer sumOfSome;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, mode = EmbeddingBag.Mode.MAX, paddingIdx = 0, from = "words") @Output Layer maxOfSome;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, mode = EmbeddingBag.Mode.SUM, perSampleWeights = "factors", from = "words") @Output Layer weighted;
    @EmbeddingBag(numEmbeddings = 40, embeddingDim = 5, mode = EmbeddingBag.Mode.SUM, paddingIdx = 0, scaleGradByFreq = true, perSampleWeights = "factors", from = "words") @Output Layer weightedOfSome;
    @Embedding(numEmbeddings = 40, embeddingDim = 2, scaleGradByFreq = true, from = "words") @Output Layer frequent;
    @Normalize(mean = 20, std = 10, from = "map") @Output Layer heights;
    @Flatten(from = "vectors") Layer flat;
    @Flatten(from = "places") Layer flatPlaces;
    @Concat(from = {"flat", "flatPlaces"}) Layer both;
    @Linear(outFeatures = 3) @Output Layer scores;
    // spotless:on
}
