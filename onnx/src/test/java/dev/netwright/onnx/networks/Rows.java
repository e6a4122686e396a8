package dev.netwright.onnx.networks;

import dev.netwright.annotations.BatchNorm1d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.ReLU;

/** Features without places, normalised over the batch. */
@Network(input = 7)
public class Rows {
    // spotless:off
    @Linear(outFeatures = 9, bias = false) Layer linear;
    @BatchNorm1d                           Layer norm;
    @ReLU                         @Output Layer relu;
    // spotless:on
}
