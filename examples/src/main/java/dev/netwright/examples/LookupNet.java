package dev.netwright.examples;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Embedding;
import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MultiheadAttention;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.Permute;
import dev.netwright.annotations.Shared;

/**
 * Looks letters up in a list of letters and digits: attention's queries are the letters that are asked for, its keys those of
 * the list, its values the digits beside them.
 */
@Network
@Input(name = "letters", shape = Lists.ROOM, type = InputType.INT32)
@Input(name = "digits", shape = Lists.ROOM, type = InputType.INT32)
@Input(name = "entries", shape = 1, type = InputType.INT32)
@Input(name = "asked", shape = Lists.QUESTIONS, type = InputType.INT32)
@CrossEntropyLoss(of = "answers")
class LookupNet {
    static final int WIDTH = 32;

    // spotless:off
    @Embedding(numEmbeddings = Lists.LETTERS, embeddingDim = WIDTH, from = "letters") Layer keys;      // 12 x 32
    @Embedding(numEmbeddings = Lists.DIGITS, embeddingDim = WIDTH, from = "digits")   Layer values;    // 12 x 32
    @Shared(value = "keys", from = "asked")                                           Layer queries;   // 6 x 32
    @MultiheadAttention(numHeads = 1, lengths = "entries", from = {"queries", "keys", "values"})
                                                                                      Layer attention; // 6 x 32
    @Linear(outFeatures = Lists.DIGITS)                                               Layer scores;    // 6 x 10
    @Permute(dims = {0, 2, 1}) @Output                                                Layer answers;   // 10 x 6, as the loss takes them
    @Identity(from = "attention.weights") @Output                                     Layer weights;   // 6 x 12
    // spotless:on
}
