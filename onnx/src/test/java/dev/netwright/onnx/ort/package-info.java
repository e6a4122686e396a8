/** Tests that run exported files in ONNX Runtime; only the profile {@code onnxruntime} compiles them. */
package dev.netwright.onnx.ort;
