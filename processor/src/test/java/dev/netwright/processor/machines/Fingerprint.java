package dev.netwright.processor.machines;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Digests of the losses, the weights after some steps, and predictions then, of networks with one input, one output and
 * classes as targets.
 *
 * @param kernels that ran, by network
 * @param digests by network, threads and what they are of
 */
record Fingerprint(Map<String, String> kernels, Map<String, String> digests) {
    private static final String MARK = "fingerprint\t";

    /**
     * How a network is run.
     *
     * @param name of the annotated class, with its package
     * @param samples of a step
     */
    record Run(String name, int samples, int steps, int threads) {
        private String written() {
            return "%s/%d/%d/%d".formatted(name, samples, steps, threads);
        }

        private static Run read(String written) {
            String[] parts = written.split("/");
            return new Run(
                    parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
        }
    }

    /** Those that another JVM finds. */
    static Fingerprint of(Jvm jvm, List<Path> classPath, List<Run> runs) throws IOException, InterruptedException {
        Map<String, String> kernels = new LinkedHashMap<>();
        Map<String, String> digests = new LinkedHashMap<>();
        List<String> arguments = runs.stream().map(Run::written).toList();
        for (String line : jvm.run(classPath, Fingerprint.class, arguments)) {
            if (line.startsWith(MARK)) {
                String[] parts = line.split("\t");
                (parts[1].equals("kernels") ? kernels : digests).put(parts[2], parts[3]);
            }
        }
        if (kernels.isEmpty() || digests.isEmpty()) {
            throw new IllegalStateException(jvm + " printed no fingerprint");
        }
        return new Fingerprint(kernels, digests);
    }

    /** What has other bits; an {@link IllegalArgumentException} where other things were run. */
    List<String> differences(Fingerprint other) {
        if (!digests.keySet().equals(other.digests.keySet())) {
            throw new IllegalArgumentException(digests.keySet() + " are not " + other.digests.keySet());
        }
        return digests.keySet().stream()
                .filter(key -> !digests.get(key).equals(other.digests.get(key)))
                .toList();
    }

    /** In the other JVM. */
    public static void main(String[] runs) throws ReflectiveOperationException {
        for (String written : runs) {
            Run run = Run.read(written);
            Options options = Options.defaults().threads(run.threads()).predictionThreads(run.threads());
            Model model = (Model) Class.forName(run.name() + "Model")
                    .getMethod("create", long.class, Options.class)
                    .invoke(null, 3L, options);
            String prefix = run.name() + " " + run.threads() + " ";
            print("kernels", prefix + "kernels", model.kernels());
            trained(model, run).forEach((what, digest) -> print("bits", prefix + what, digest));
        }
    }

    private static void print(String kind, String key, String value) {
        System.out.println(MARK + kind + "\t" + key + "\t" + value);
    }

    private static Map<String, String> trained(Model model, Run run) {
        Port output = model.definition().outputs().get(0);
        Random random = new Random(1);
        float[] input = (float[]) model.definition().inputs().get(0).newArray(run.samples());
        for (int i = 0; i < input.length; i++) {
            input[i] = 2 * random.nextFloat() - 1;
        }
        int classes = ((float[]) output.newArray(1)).length;
        int[] targets = random.ints(run.samples(), 0, classes).toArray();
        SGD optimizer = SGD.of(0.01f).momentum(0.9f);
        float[] losses = new float[run.steps()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = model.trainStep(new Object[] {input}, new Object[] {targets}, run.samples(), optimizer);
        }
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put("losses", digest(losses));
        for (int samples : new int[] {1, run.samples()}) {
            Object[] first = {Arrays.copyOf(input, input.length / run.samples() * samples)};
            float[][] outputs = {(float[]) output.newArray(samples)};
            model.predict(first, samples, outputs);
            digests.put("prediction of " + samples, digest(outputs[0]));
        }
        model.stateDict().forEach((key, tensor) -> digests.put(key, digest(tensor)));
        return digests;
    }

    private static String digest(Tensor tensor) {
        return tensor.dtype() == DType.I64 ? Arrays.toString(tensor.toLongArray()) : digest(tensor.toArray());
    }

    /** A value that is not a number would hide all others. */
    private static String digest(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException("a value is " + value);
            }
            bytes.putInt(Float.floatToRawIntBits(value));
        }
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return HexFormat.of().formatHex(whole, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For several numbers of threads. */
    static List<Run> runs(String name, int samples, int steps, int... threads) {
        List<Run> runs = new ArrayList<>();
        for (int each : threads) {
            runs.add(new Run(name, samples, steps, each));
        }
        return runs;
    }
}
