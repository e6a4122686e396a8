package dev.netwright.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Contestant;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.Kind;
import dev.netwright.benchmarks.harness.Request;
import dev.netwright.benchmarks.harness.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** ONNX Runtime's process: all optimisations, inputs and output in direct buffers. */
public final class OnnxRuntimeContestant implements Contestant {
    private static final Pattern SAMPLES = Pattern.compile("forward-(\\d+)");

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    /** By the number of samples: a job is asked for to be compared, and again to be timed. */
    private final Map<Integer, Prediction> predictions = new HashMap<>();

    private OrtSession session;
    private Batches batches;
    private int[] sizes;

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
        String model = request.kind() == Kind.SEQUENCE ? "exported" : "model";
        if (!request.has(model)) {
            throw new UnsupportedOperationException("no ONNX file of " + request.get("network"));
        }
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(request.integer("threads"));
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        session = environment.createSession(request.get(model), options);
        batches = Batches.read(request);
        sizes = request.input();
        predictions.clear();
        return List.of("");
    }

    /** A task without a number of samples is of one. */
    @Override
    public Job job(String task, String setting) throws OrtException {
        if (task.startsWith("gradients")) {
            throw new UnsupportedOperationException("it only predicts");
        }
        Matcher samples = SAMPLES.matcher(task);
        int n = samples.matches() ? Integer.parseInt(samples.group(1)) : 1;
        if (!predictions.containsKey(n)) {
            predictions.put(n, new Prediction(environment, session, n, sizes, batches));
        }
        return predictions.get(n);
    }

    private static final class Prediction implements Job {
        private final OrtSession session;
        private final List<Map<String, OnnxTensor>> inputs;
        private final FloatBuffer result;
        private final Map<String, OnnxTensor> output;

        /**
         * Of the first samples of each batch.
         *
         * @param n number of samples
         * @param sizes of a sample
         */
        Prediction(OrtEnvironment environment, OrtSession session, int n, int[] sizes, Batches batches)
                throws OrtException {
            this.session = session;
            long[] shape = shape(n, sizes);
            int elements = n * Arrays.stream(sizes).reduce(1, Math::multiplyExact);
            String input = session.getInputNames().iterator().next();
            List<Map<String, OnnxTensor>> all = new ArrayList<>();
            for (float[] x : batches.x()) {
                FloatBuffer buffer = direct(elements);
                buffer.put(x, 0, elements).rewind();
                all.add(Map.of(input, OnnxTensor.createTensor(environment, buffer, shape)));
            }
            inputs = List.copyOf(all);
            String name = session.getOutputNames().iterator().next();
            try (OrtSession.Result first = session.run(inputs.get(0))) {
                OnnxTensor values = (OnnxTensor) first.get(0);
                result = direct(values.getFloatBuffer().remaining());
                output = Map.of(
                        name,
                        OnnxTensor.createTensor(
                                environment, result, values.getInfo().getShape()));
            }
        }

        private static long[] shape(int n, int[] sizes) {
            return LongStream.concat(LongStream.of(n), IntStream.of(sizes).asLongStream())
                    .toArray();
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
