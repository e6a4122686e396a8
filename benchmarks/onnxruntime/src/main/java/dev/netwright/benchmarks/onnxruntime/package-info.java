/** The peer ONNX Runtime. */
package dev.netwright.benchmarks.onnxruntime;
