package dev.netwright.processor.networks;

import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Value;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A short training of a network with a cross entropy, on numbers drawn from a seed, and what is left of it. */
final class Training {
    private Training() {}

    /** Values within plus and minus 1, for a network's first input. */
    static float[] images(GeneratedModel model, int samples, long seed) {
        return floats(samples * model.network().inputs().get(0).shape().elements(), seed);
    }

    private static float[] floats(int count, long seed) {
        Random random = new Random(seed);
        float[] floats = new float[count];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = 2 * random.nextFloat() - 1;
        }
        return floats;
    }

    /** For all inputs: values within plus and minus 1, and lengths from 1 to 5. */
    private static List<Object> inputs(GeneratedModel model, int samples) {
        List<Object> inputs = new ArrayList<>();
        for (Value input : model.network().inputs()) {
            int count = samples * input.shape().elements();
            long seed = 1 + inputs.size();
            inputs.add(
                    input.type() == ElementType.INT32
                            ? new Random(seed).ints(count, 1, 6).toArray()
                            : floats(count, seed));
        }
        return inputs;
    }

    static int[] classes(GeneratedModel model, int samples, long seed) {
        int classes = model.network().losses().get(0).loss().classes();
        return new Random(~seed).ints(samples, 0, classes).toArray();
    }

    /** The bits of all losses, of the state at the end, and of a prediction then; by what they are. */
    static Map<String, List<Integer>> bits(GeneratedModel model, int samples, int steps) {
        List<Object> inputs = inputs(model, samples);
        SGD optimizer = SGD.of(0.01f).momentum(0.9f);
        float[] losses = new float[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = model.trainStep(inputs, List.of(classes(model, samples, i)), samples, optimizer);
        }
        Map<String, List<Integer>> bits = new LinkedHashMap<>();
        bits.put("losses", bits(losses));
        model.predict(inputs, samples).forEach((name, output) -> bits.put("output " + name, bits(output)));
        bits.putAll(state(model));
        System.out.printf(
                "%s: %d steps of %d samples, loss %.4f to %.4f, %s\n",
                model.network().name(),
                steps,
                samples,
                losses[0],
                losses[steps - 1],
                model.model().kernels());
        return bits;
    }

    /** The bits of the state, by key. */
    static Map<String, List<Integer>> state(GeneratedModel model) {
        Map<String, List<Integer>> bits = new LinkedHashMap<>();
        model.model().stateDict().forEach((key, tensor) -> bits.put(key, bits(tensor)));
        return bits;
    }

    private static List<Integer> bits(Tensor tensor) {
        return tensor.dtype() == DType.I64
                ? Arrays.stream(tensor.toLongArray()).mapToObj(Math::toIntExact).toList()
                : bits(tensor.toArray());
    }

    static List<Integer> bits(float[] values) {
        List<Integer> bits = new ArrayList<>(values.length);
        for (float value : values) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }

    /** What has other bits, and how much of it. */
    static List<String> differences(Map<String, List<Integer>> one, Map<String, List<Integer>> other) {
        if (!one.keySet().equals(other.keySet())) {
            throw new AssertionError(one.keySet() + " are not " + other.keySet());
        }
        List<String> differences = new ArrayList<>();
        one.forEach((name, bits) -> {
            List<Integer> others = other.get(name);
            int count = bits.size() == others.size() ? 0 : Math.abs(bits.size() - others.size());
            for (int i = 0; i < Math.min(bits.size(), others.size()); i++) {
                count += bits.get(i).equals(others.get(i)) ? 0 : 1;
            }
            if (count > 0) {
                differences.add(count + " of " + bits.size() + " elements of " + name);
            }
        });
        return differences;
    }
}
