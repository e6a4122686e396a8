package dev.netwright.onnx;

/**
 * What a layer reads.
 *
 * @param value its name in the graph
 * @param shape one sample's; not copied
 * @param bytes whether it is an input of bytes, made floats
 * @param given the name under which the caller gives it, as it is; of what a layer computes, its name
 */
record Source(String value, int[] shape, boolean bytes, String given) {}
