package dev.netwright.onnx.networks;

import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.LastStep;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Max;
import dev.netwright.annotations.Mean;
import dev.netwright.annotations.Min;
import dev.netwright.annotations.MultiheadAttention;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.ScaledDotProductAttention;
import dev.netwright.annotations.Sum;
import dev.netwright.annotations.TransformerDecoderLayer;
import dev.netwright.annotations.TransformerEncoderLayer;
import dev.netwright.annotations.Unflatten;

/** Attention of rows to themselves and to others, and the layers of a transformer. */
@Network
@Input(
        name = "rows",
        shape = {5, 8})
@Input(
        name = "memory",
        shape = {3, 8})
@Input(
        name = "others",
        shape = {3, 6})
@Input(
        name = "mask",
        shape = {5, 5})
@Input(
        name = "column",
        shape = {5, 1})
@Input(
        name = "places",
        shape = {3})
@Input(name = "length", shape = 1, type = InputType.INT32)
@Input(name = "ofMemory", shape = 1, type = InputType.INT32)
public class Attentions {
    // spotless:off
    @ScaledDotProductAttention(from = {"rows", "memory", "others"}) @Output Layer products;
    @ScaledDotProductAttention(isCausal = true, scale = 0.5, from = {"rows", "memory", "memory", "places"}) @Output Layer causal;
    @Unflatten(dim = -1, unflattenedSize = {2, -1}, from = "rows")                  Layer split;
    @ScaledDotProductAttention(from = {"split", "split", "split"}) @Output          Layer ofSeveral;

    @MultiheadAttention(numHeads = 2, from = "rows") @Output                        Layer self;
    @MultiheadAttention(numHeads = 4, bias = false, isCausal = true, from = {"rows", "mask"}) @Output Layer masked;
    @MultiheadAttention(numHeads = 2, from = {"rows", "memory", "others"}) @Output  Layer cross;
    @MultiheadAttention(numHeads = 1, addBiasKv = true, addZeroAttn = true, isCausal = true,
            from = {"rows", "memory", "memory", "column"}) @Output                  Layer extended;

    @TransformerEncoderLayer(nhead = 2, dimFeedforward = 12, from = "rows") @Output Layer encoder;
    @TransformerEncoderLayer(nhead = 4, dimFeedforward = 7, activation = TransformerEncoderLayer.Activation.GELU,
            normFirst = true, bias = false, isCausal = true, from = {"encoder", "mask"}) @Output Layer causalEncoder;
    @TransformerDecoderLayer(nhead = 2, dimFeedforward = 12, isCausal = true, layerNormEps = 0.1,
            from = {"encoder", "memory"}) @Output                                   Layer decoder;

    @ScaledDotProductAttention(lengths = "ofMemory", from = {"rows", "memory", "others", "places"}) @Output Layer raggedProducts;
    @MultiheadAttention(numHeads = 2, addBiasKv = true, isCausal = true, lengths = "length", from = "rows") @Output Layer ragged;
    @Identity(from = "ragged.weights") @Output                                      Layer weights;
    @TransformerEncoderLayer(nhead = 2, dimFeedforward = 3, lengths = "length", from = {"rows", "mask"}) @Output Layer raggedEncoder;
    @TransformerDecoderLayer(nhead = 2, dimFeedforward = 3, lengths = "length", memoryLengths = "ofMemory",
            from = {"encoder", "memory", "mask"}) @Output                           Layer raggedDecoder;
    @TransformerDecoderLayer(nhead = 2, dimFeedforward = 3, memoryLengths = "ofMemory",
            from = {"encoder", "memory"}) @Output                                   Layer raggedMemory;

    @Mean(dim = 1, lengths = "length", from = "rows") @Output                       Layer raggedMean;
    @Sum(dim = {1, -1}, keepdim = true, lengths = "length", from = "rows") @Output  Layer raggedSum;
    @Max(dim = 1, lengths = "length", from = "rows") @Output                        Layer raggedMax;
    @Min(dim = -2, keepdim = true, lengths = "length", from = "rows") @Output       Layer raggedMin;
    @LastStep(lengths = "length", from = "rows") @Output                            Layer raggedLast;
    @LastStep(from = "rows") @Output                                                Layer last;
    // spotless:on
}
