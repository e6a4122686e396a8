package dev.netwright.onnx.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.netwright.runtime.Port;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
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
    Map<String, float[]> run(List<Port> ports, Map<String, ?> inputs, int n) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Port port : ports) {
                long[] shape = new long[port.shape().length + 1];
                shape[0] = n;
                for (int i = 1; i < shape.length; i++) {
                    shape[i] = port.shape()[i - 1];
                }
                tensors.put(port.name(), tensor(inputs.get(port.name()), shape));
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

    private OnnxTensor tensor(Object values, long[] shape) throws OrtException {
        if (values instanceof byte[] bytes) {
            return OnnxTensor.createTensor(environment, ByteBuffer.wrap(bytes), shape, OnnxJavaType.UINT8);
        } else if (values instanceof int[] ints) {
            return OnnxTensor.createTensor(environment, IntBuffer.wrap(ints), shape);
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap((float[]) values), shape);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
