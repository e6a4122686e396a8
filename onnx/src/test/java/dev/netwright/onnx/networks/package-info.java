/** Networks that are exported: every layer with its attributes. Their models are generated when the tests are compiled. */
package dev.netwright.onnx.networks;
