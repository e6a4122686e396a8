package dev.netwright.onnx;

import dev.netwright.runtime.LayerDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The catalogue of what can be exported: a layer's type and how it is written. */
final class Operators {
    private static final Map<String, Operator> CATALOGUE = Map.ofEntries(
            Map.entry("AdaptiveAvgPool1d", AveragePools::adaptive),
            Map.entry("AdaptiveAvgPool2d", AveragePools::adaptive),
            Map.entry("AdaptiveAvgPool3d", AveragePools::adaptive),
            Map.entry("AdaptiveMaxPool1d", MaxPools::adaptive),
            Map.entry("AdaptiveMaxPool2d", MaxPools::adaptive),
            Map.entry("AdaptiveMaxPool3d", MaxPools::adaptive),
            Map.entry("Add", layer -> Joins.chain(layer, "Add")),
            Map.entry("AlphaDropout", layer -> Activations.plain(layer, "Identity")),
            Map.entry("AvgPool1d", AveragePools::windows),
            Map.entry("AvgPool2d", AveragePools::windows),
            Map.entry("AvgPool3d", AveragePools::windows),
            Map.entry("BatchNorm1d", Normalizations::batch),
            Map.entry("BatchNorm2d", Normalizations::batch),
            Map.entry("BatchNorm3d", Normalizations::batch),
            Map.entry("Bilinear", Products::bilinear),
            Map.entry("CELU", layer -> Activations.scaled(layer, "Celu", "alpha")),
            Map.entry("ChannelShuffle", Shapes::shuffle),
            Map.entry("Chunk", Shapes::chunk),
            Map.entry("CircularPad1d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("CircularPad2d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("CircularPad3d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("Clamp", Reductions::clamp),
            Map.entry("Concat", Joins::concat),
            Map.entry("ConstantPad1d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ConstantPad2d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ConstantPad3d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("Conv1d", Convolutions::convolution),
            Map.entry("Conv2d", Convolutions::convolution),
            Map.entry("Conv3d", Convolutions::convolution),
            Map.entry("ConvTranspose1d", Convolutions::transposed),
            Map.entry("ConvTranspose2d", Convolutions::transposed),
            Map.entry("ConvTranspose3d", Convolutions::transposed),
            Map.entry("CosineSimilarity", Reductions::similarity),
            Map.entry("Div", layer -> Joins.chain(layer, "Div")),
            Map.entry("Dropout", layer -> Activations.plain(layer, "Identity")),
            Map.entry("Dropout1d", layer -> Activations.plain(layer, "Identity")),
            Map.entry("Dropout2d", layer -> Activations.plain(layer, "Identity")),
            Map.entry("Dropout3d", layer -> Activations.plain(layer, "Identity")),
            Map.entry("ELU", layer -> Activations.scaled(layer, "Elu", "alpha")),
            Map.entry("Embedding", Rows::embedding),
            Map.entry("EmbeddingBag", Rows::bag),
            Map.entry("Expand", Shapes::expand),
            Map.entry("FeatureAlphaDropout", layer -> Activations.plain(layer, "Identity")),
            Map.entry("Flatten", Shapes::flatten),
            Map.entry("Fold", Patches::fold),
            Map.entry("GELU", Activations::gelu),
            Map.entry("GLU", Activations::glu),
            Map.entry("GRU", Recurrents::gru),
            Map.entry("GRUCell", Recurrents::gruCell),
            Map.entry("LSTM", Recurrents::lstm),
            Map.entry("LSTMCell", Recurrents::lstmCell),
            Map.entry("RNN", Recurrents::rnn),
            Map.entry("RNNCell", Recurrents::rnnCell),
            Map.entry("GroupNorm", Normalizations::group),
            Map.entry("Hardshrink", layer -> Activations.shrink(layer, 0)),
            Map.entry("Hardsigmoid", Activations::hardsigmoid),
            Map.entry("Hardswish", layer -> Activations.plain(layer, "HardSwish")),
            Map.entry("Hardtanh", Activations::hardtanh),
            Map.entry("Identity", layer -> Activations.plain(layer, "Identity")),
            Map.entry("InstanceNorm1d", Normalizations::instance),
            Map.entry("InstanceNorm2d", Normalizations::instance),
            Map.entry("InstanceNorm3d", Normalizations::instance),
            Map.entry("LPPool1d", AveragePools::norms),
            Map.entry("LPPool2d", AveragePools::norms),
            Map.entry("LPPool3d", AveragePools::norms),
            Map.entry("LastStep", Shapes::lastStep),
            Map.entry("LayerNorm", Normalizations::layer),
            Map.entry("LayerNorm2d", Normalizations::layerOfChannels),
            Map.entry("LeakyReLU", Activations::leakyReLU),
            Map.entry("Linear", Products::linear),
            Map.entry("LocalResponseNorm", Normalizations::localResponse),
            Map.entry("LogSigmoid", Activations::logSigmoid),
            Map.entry("LogSoftmax", layer -> Activations.along(layer, "LogSoftmax")),
            Map.entry("LpNormalize", Reductions::normalised),
            Map.entry("MatMul", Joins::matrices),
            Map.entry("Max", layer -> Reductions.along(layer, "ReduceMax")),
            Map.entry("MaxPool1d", MaxPools::windows),
            Map.entry("MaxPool2d", MaxPools::windows),
            Map.entry("MaxPool3d", MaxPools::windows),
            Map.entry("MaxUnpool1d", MaxPools::unpooled),
            Map.entry("MaxUnpool2d", MaxPools::unpooled),
            Map.entry("MaxUnpool3d", MaxPools::unpooled),
            Map.entry("Maximum", layer -> Joins.chain(layer, "Max")),
            Map.entry("Mean", layer -> Reductions.along(layer, "ReduceMean")),
            Map.entry("Min", layer -> Reductions.along(layer, "ReduceMin")),
            Map.entry("Minimum", layer -> Joins.chain(layer, "Min")),
            Map.entry("Mish", layer -> Activations.plain(layer, "Mish")),
            Map.entry("Mul", layer -> Joins.chain(layer, "Mul")),
            Map.entry("MultiheadAttention", Attention::heads),
            Map.entry("Normalize", Normalizations::constants),
            Map.entry("OneHot", Reductions::oneHot),
            Map.entry("PReLU", Activations::parametricReLU),
            Map.entry("Pad", layer -> Shapes.pad(layer, "pad")),
            Map.entry("PairwiseDistance", Reductions::distance),
            // no node: its readers broadcast the initialiser against the batch
            Map.entry("Parameter", layer -> layer.parameter("")),
            Map.entry("Permute", Shapes::permute),
            Map.entry("PixelShuffle", Shapes::pixels),
            Map.entry("PixelUnshuffle", Shapes::channels),
            Map.entry("Power", Reductions::power),
            Map.entry("RMSNorm", Normalizations::rootMeanSquare),
            Map.entry("RReLU", Activations::randomisedReLU),
            Map.entry("ReLU", layer -> Activations.plain(layer, "Relu")),
            Map.entry("ReLU6", Activations::relu6),
            Map.entry("ReflectionPad1d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ReflectionPad2d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ReflectionPad3d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ReplicationPad1d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ReplicationPad2d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ReplicationPad3d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("SELU", layer -> Activations.plain(layer, "Selu")),
            Map.entry("ScaledDotProductAttention", Attention::products),
            Map.entry("SiLU", Activations::silu),
            Map.entry("Sigmoid", layer -> Activations.plain(layer, "Sigmoid")),
            Map.entry("Slice", Shapes::slice),
            Map.entry("Softmax", layer -> Activations.along(layer, "Softmax")),
            Map.entry("Softmax2d", layer -> Activations.along(layer, "Softmax")),
            Map.entry("Softmin", Activations::softmin),
            Map.entry("Softplus", Activations::softplus),
            Map.entry(
                    "Softshrink",
                    layer -> Activations.shrink(layer, layer.attributes().real("lambd"))),
            Map.entry("Softsign", layer -> Activations.plain(layer, "Softsign")),
            Map.entry("StochasticDepth", layer -> Activations.plain(layer, "Identity")),
            Map.entry("Sub", layer -> Joins.chain(layer, "Sub")),
            Map.entry("Sum", layer -> Reductions.along(layer, "ReduceSum")),
            Map.entry("Tanh", layer -> Activations.plain(layer, "Tanh")),
            Map.entry("Tanhshrink", Activations::tanhshrink),
            Map.entry("Threshold", Activations::threshold),
            Map.entry("TransformerDecoderLayer", Attention::decoder),
            Map.entry("TransformerEncoderLayer", Attention::encoder),
            Map.entry("Unflatten", Shapes::unflatten),
            Map.entry("Unfold", Patches::unfold),
            Map.entry("Upsample", Upsamples::resized),
            Map.entry("UpsamplingBilinear2d", Upsamples::resized),
            Map.entry("UpsamplingNearest2d", Upsamples::resized),
            Map.entry("ZeroPad1d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ZeroPad2d", layer -> Shapes.pad(layer, "padding")),
            Map.entry("ZeroPad3d", layer -> Shapes.pad(layer, "padding")));

    private Operators() {}

    static Set<String> names() {
        return CATALOGUE.keySet();
    }

    /** Refuses a type that is not in the catalogue. */
    static Operator of(LayerDefinition layer) {
        Operator operator = CATALOGUE.get(layer.type());
        if (operator == null) {
            String reason = layer.type().startsWith("FractionalMaxPool")
                    ? ": it has no windows whose steps are drawn. Pool by AdaptiveMaxPool to the same size instead."
                    : ".";
            throw new IllegalArgumentException("The layer " + layer.key() + " is a " + layer.type()
                    + ", which cannot be exported to ONNX" + reason + " What can be: "
                    + String.join(", ", new TreeSet<>(names())) + ".");
        }
        return operator;
    }
}
