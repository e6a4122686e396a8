package dev.netwright.examples;

import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Mul;
import dev.netwright.annotations.Network;

/**
 * Guesses how a member of a film club rates a film. Of both it knows nothing but numbers, and learns a place in the plane
 * for each: where a member's and a film's point the same way, the rating is high.
 */
@Network
@Input(name = "member", shape = 1, type = InputType.INT32)
@Input(name = "film", shape = 1, type = InputType.INT32)
@MSELoss
class TasteNet {
    // spotless:off
    @Embedding(numEmbeddings = 400, embeddingDim = 2, sparse = true, from = "member") Layer members;
    @Embedding(numEmbeddings = 120, embeddingDim = 2, sparse = true, from = "film")   Layer films;
    @Mul(from = {"members", "films"})                                                 Layer agreement;
    @Flatten                                                                          Layer flat;
    @Linear(outFeatures = 1)                                                          Layer rating;
    // spotless:on
}
