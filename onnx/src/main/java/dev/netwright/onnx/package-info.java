/**
 * Export of networks with their weights as ONNX files. {@link dev.netwright.onnx.OnnxExporter} is all that a user
 * calls; how each layer is written stands in the table of {@code Operators}.
 */
package dev.netwright.onnx;
