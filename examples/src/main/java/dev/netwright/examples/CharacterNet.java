package dev.netwright.examples;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.GRU;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Permute;

/** Which character follows each of 64: what was read so far is in the state of a recurrent layer. */
@Network(input = CharacterNet.STEPS, type = InputType.INT32)
@CrossEntropyLoss
class CharacterNet {
    static final int STEPS = 64;

    // spotless:off
    @Embedding(numEmbeddings = Characters.KINDS, embeddingDim = 32) Layer letters;    // 64 x 32
    @GRU(hiddenSize = 128)                                          Layer gru;        // 64 x 128
    @Linear(outFeatures = Characters.KINDS)                         Layer scores;     // 64 x 96
    @Permute(dims = {0, 2, 1})                                      Layer classes;    // 96 x 64, as the loss takes them
    // spotless:on
}
