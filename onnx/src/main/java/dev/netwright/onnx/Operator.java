package dev.netwright.onnx;

/** How the layers of one type are written: as the nodes that compute the same in evaluation mode. */
@FunctionalInterface
interface Operator {
    /** Adds the nodes; the last is a {@link LayerNodes#result}. */
    void addTo(LayerNodes layer);
}
