package dev.netwright.onnx;

/**
 * What a layer reads.
 *
 * @param value its name in the graph
 * @param shape one sample's; not copied
 */
record Source(String value, int[] shape) {}
