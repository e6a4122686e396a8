package dev.netwright.onnx;

/**
 * What a layer reads.
 *
 * @param value its name in the graph
 * @param shape one sample's; not copied
 * @param bytes whether it is an input of bytes, made floats
 */
record Source(String value, int[] shape, boolean bytes) {}
