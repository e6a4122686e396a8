package dev.netwright.onnx.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.netwright.runtime.Port;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file in ONNX Runtime. */
final class Session implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    Session(Path file) throws OrtException {
        session = environment.createSession(file.toString());
    }

    /** Outputs by name, in the file's order. */
    Map<String, float[]> run(List<Port> ports, Map<String, float[]> inputs, int n) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Port port : ports) {
                long[] shape = new long[port.shape().length + 1];
                shape[0] = n;
                for (int i = 1; i < shape.length; i++) {
                    shape[i] = port.shape()[i - 1];
                }
                FloatBuffer values = FloatBuffer.wrap(inputs.get(port.name()));
                tensors.put(port.name(), OnnxTensor.createTensor(environment, values, shape));
            }
            Map<String, float[]> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
                    float[] copy = new float[values.remaining()];
                    values.get(copy);
                    outputs.put(output.getKey(), copy);
                }
            }
            return outputs;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
