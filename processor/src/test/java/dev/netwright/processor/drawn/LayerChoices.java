package dev.netwright.processor.drawn;

import dev.netwright.processor.operators.Dice;
import java.util.List;

/** Which layers are drawn, each as often as it stands here. */
final class LayerChoices {
    private static final List<String> IMAGE_LAYERS = List.of(
            "Conv2d",
            "Conv2d",
            "Conv2d",
            "Conv2d",
            "Conv2d",
            "ConvTranspose2d",
            "MaxPool2d",
            "MaxPool2d",
            "AvgPool2d",
            "AdaptiveAvgPool2d",
            "AdaptiveMaxPool2d",
            "Upsample",
            "BatchNorm2d",
            "BatchNorm2d",
            "Dropout2d",
            "LayerNorm2d");
    private static final List<String> VOLUME_LAYERS = List.of(
            "Conv3d",
            "Conv3d",
            "Conv3d",
            "Conv3d",
            "ConvTranspose3d",
            "MaxPool3d",
            "AvgPool3d",
            "AdaptiveAvgPool3d",
            "AdaptiveMaxPool3d",
            "BatchNorm3d",
            "Dropout3d");
    private static final List<String> SEQUENCE_LAYERS = List.of(
            "GRU",
            "LSTM",
            "RNN",
            "MultiheadAttention",
            "ScaledDotProductAttention",
            "TransformerDecoderLayer",
            "TransformerEncoderLayer",
            "Conv1d",
            "Conv1d",
            "Conv1d",
            "Conv1d",
            "ConvTranspose1d",
            "MaxPool1d",
            "MaxPool1d",
            "AvgPool1d",
            "AdaptiveAvgPool1d",
            "AdaptiveMaxPool1d",
            "BatchNorm1d",
            "BatchNorm1d",
            "Dropout1d",
            "Fold");
    private static final List<String> LAYERS = List.of(
            "Linear",
            "Linear",
            "BatchNorm1d",
            "GroupNorm",
            "GroupNorm",
            "LayerNorm",
            "LocalResponseNorm",
            "Pad",
            "Normalize",
            "ReLU",
            "ReLU",
            "ReLU6",
            "LeakyReLU",
            "Sigmoid",
            "Tanh",
            "SiLU",
            "GELU",
            "Hardswish",
            "Hardsigmoid",
            "PReLU",
            "Softmax",
            "LogSoftmax",
            "Dropout",
            "StochasticDepth",
            "Flatten",
            "ChannelShuffle",
            "Permute",
            "Slice",
            "Chunk",
            "Identity",
            "Custom",
            "Add",
            "Add",
            "Mul",
            "Concat",
            "Concat");

    /**
     * Of each of these few are drawn, as what they are drawn for is the code around them. Those that end in {@code Nd} are
     * of as many axes as the value has.
     */
    private static final List<String> OTHERS = List.of(
            "AlphaDropout",
            "Bilinear",
            "CELU",
            "CircularPadNd",
            "Clamp",
            "ConstantPadNd",
            "ELU",
            "Expand",
            "FeatureAlphaDropout",
            "FractionalMaxPoolNd",
            "GLU",
            "GRUCell",
            "Hardshrink",
            "Hardtanh",
            "InstanceNormNd",
            "LPPoolNd",
            "LSTMCell",
            "LastStep",
            "LastStep",
            "LogSigmoid",
            "LpNormalize",
            "MatMul",
            "MatMul",
            "MatMul",
            "Max",
            "Maximum",
            "Mean",
            "Min",
            "Minimum",
            "Mish",
            "PixelShuffle",
            "PixelUnshuffle",
            "Power",
            "RMSNorm",
            "RNNCell",
            "RReLU",
            "ScaledDotProductAttention",
            "ReflectionPadNd",
            "ReplicationPadNd",
            "SELU",
            "Softmax2d",
            "Softmin",
            "Softplus",
            "Softshrink",
            "Softsign",
            "Sub",
            "Sum",
            "Tanhshrink",
            "Threshold",
            "Unflatten",
            "Unfold",
            "UpsamplingBilinear2d",
            "UpsamplingNearest2d",
            "ZeroPadNd");

    private LayerChoices() {}

    /** What takes so many dimensions alone, or what takes any. */
    static String draw(int rank, Dice dice) {
        List<String> own = ofRank(rank);
        String drawn = dice.one(!own.isEmpty() && dice.flip() ? own : dice.once(3) ? OTHERS : LAYERS);
        return drawn.endsWith("Nd") ? drawn.replace("Nd", rank - 1 + "d") : drawn;
    }

    /** Layers that take so many dimensions alone. */
    private static List<String> ofRank(int rank) {
        return switch (rank) {
            case 4 -> VOLUME_LAYERS;
            case 3 -> IMAGE_LAYERS;
            case 2 -> SEQUENCE_LAYERS;
            default -> List.of();
        };
    }
}
