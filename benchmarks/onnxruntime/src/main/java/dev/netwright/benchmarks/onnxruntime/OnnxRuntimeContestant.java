package dev.netwright.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Contestant;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.Request;
import dev.netwright.benchmarks.harness.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** ONNX Runtime's process: all optimisations, inputs and output in direct buffers. */
public final class OnnxRuntimeContestant implements Contestant {
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private Prediction job;

    /**
     * Serves the driver.
     *
     * @param arguments none
     * @throws IOException if the driver is gone
     */
    public static void main(String[] arguments) throws IOException {
        Worker.serve(new OnnxRuntimeContestant());
    }

    @Override
    public String version() {
        return "ONNX Runtime " + environment.getVersion();
    }

    @Override
    public List<String> prepare(Request request) throws IOException, OrtException {
        if (!request.has("model")) {
            throw new UnsupportedOperationException("no ONNX file of " + request.get("network"));
        }
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(request.integer("threads"));
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        job = new Prediction(
                environment, environment.createSession(request.get("model"), options), request, Batches.read(request));
        return List.of("");
    }

    @Override
    public Job job(String task, String setting) {
        return job;
    }

    private static final class Prediction implements Job {
        private final OrtSession session;
        private final List<Map<String, OnnxTensor>> inputs;
        private final FloatBuffer result;
        private final Map<String, OnnxTensor> output;

        Prediction(OrtEnvironment environment, OrtSession session, Request request, Batches batches)
                throws OrtException {
            this.session = session;
            long[] shape = LongStream.concat(
                            LongStream.of(1), IntStream.of(request.input()).asLongStream())
                    .toArray();
            OnnxTensor[] tensors = new OnnxTensor[batches.pool()];
            for (int i = 0; i < tensors.length; i++) {
                FloatBuffer buffer = direct(batches.x()[i].length);
                buffer.put(batches.x()[i]).rewind();
                tensors[i] = OnnxTensor.createTensor(environment, buffer, shape);
            }
            inputs = Arrays.stream(tensors).map(tensor -> Map.of(INPUT, tensor)).toList();
            int classes;
            try (OrtSession.Result first = session.run(inputs.get(0))) {
                classes = ((OnnxTensor) first.get(0)).getFloatBuffer().remaining();
            }
            result = direct(classes);
            output = Map.of(OUTPUT, OnnxTensor.createTensor(environment, result, new long[] {1, classes}));
        }

        private static FloatBuffer direct(int floats) {
            return ByteBuffer.allocateDirect(floats * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        @Override
        public void step(long batch) throws OrtException {
            session.run(inputs.get((int) (batch % inputs.size())), output).close();
        }

        @Override
        public Map<String, double[]> check() throws OrtException {
            step(0);
            float[] values = new float[result.capacity()];
            result.duplicate().rewind().get(values);
            return Map.of("outputs", Job.sampled(values, values.length));
        }
    }
}
