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
            "BatchNorm3d");
    private static final List<String> SEQUENCE_LAYERS = List.of(
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
            "Dropout1d");
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

    /** Of each of these few are drawn, as what they are drawn for is the code around them. */
    private static final List<String> ACTIVATIONS = List.of(
            "AlphaDropout",
            "CELU",
            "ELU",
            "FeatureAlphaDropout",
            "GLU",
            "Hardshrink",
            "Hardtanh",
            "LogSigmoid",
            "Mish",
            "RReLU",
            "SELU",
            "Softmax2d",
            "Softmin",
            "Softplus",
            "Softshrink",
            "Softsign",
            "Tanhshrink",
            "Threshold",
            "Clamp",
            "InstanceNorm1d",
            "InstanceNorm2d",
            "InstanceNorm3d",
            "LpNormalize",
            "Max",
            "Maximum",
            "Mean",
            "Min",
            "Minimum",
            "Power",
            "RMSNorm",
            "Sub",
            "Sum");

    private LayerChoices() {}

    /** What takes so many dimensions alone, or what takes any. */
    static String draw(int rank, Dice dice) {
        List<String> own = ofRank(rank);
        return dice.one(!own.isEmpty() && dice.flip() ? own : dice.once(12) ? few(dice) : LAYERS);
    }

    private static List<String> few(Dice dice) {
        return dice.one(ACTIVATIONS, VisionDrawing.LAYERS, MatrixDrawing.LAYERS);
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
