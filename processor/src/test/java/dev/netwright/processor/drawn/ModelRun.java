package dev.netwright.processor.drawn;

import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.operators.Numbers;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.reference.ReferenceDraws;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.generated.ModelBase;
import dev.netwright.runtime.generated.Program;
import dev.netwright.runtime.optim.SGD;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that a generated model computes, on memory full of NaN: predictions, loss, gradients, statistics, three steps,
 * and predictions after them. What must have the same bits is compared at once.
 */
final class ModelRun {
    static final int STEPS = 3;

    /** Samples that a training pass takes at a time where the plan lets it split a batch. */
    static final int PART = 8;

    private final GeneratedModel model;
    private final Network declared;
    private final Numbers numbers;
    private final boolean inputGradient;
    private final List<String> kept;
    private final Program inference;
    private final Program training;
    private final NaNMemory inferenceMemory;
    private final NaNMemory trainingMemory;
    private final BitSet elements = new BitSet();
    private final BitSet gradientElements = new BitSet();
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final List<Map<String, double[]>> masks = new ArrayList<>();

    private ModelRun(DrawnNetwork network, GeneratedModel model, Plan plan, Numbers numbers) {
        this.model = model;
        this.declared = model.network();
        this.numbers = numbers;
        this.inputGradient = network.inputGradient();
        this.kept = network.kept();
        inference = (Program) read(read(model.model(), ModelBase.class, "prediction"), "program");
        training = (Program) read(read(model.model(), ModelBase.class, "training"), "program");
        NaNMemory.split(training, PART);
        inferenceMemory = new NaNMemory(inference, plan.inference());
        trainingMemory = new NaNMemory(training, plan.training().orElseThrow());
        Map<String, Integer> sizes = declared.parameters().stream()
                .collect(Collectors.toMap(
                        Graph.Parameter::key,
                        parameter -> parameter.declaration().shape().elements()));
        for (ParameterSpec spec : model.model().parameters().specs()) {
            if (spec.kind() == ParameterSpec.Kind.PARAMETER) {
                float[] ones = new float[sizes.get(spec.key())];
                Arrays.fill(ones, 1);
                float[] storage = new float[spec.layout().size()];
                spec.layout().pack(ones, storage, 0);
                IntStream.range(0, storage.length).filter(i -> storage[i] == 1).forEach(i -> {
                    elements.set(spec.offset() + i);
                    if (spec.trained()) {
                        gradientElements.set(spec.gradientOffset() + i);
                    }
                });
            }
        }
    }

    /** Norms and optimisers go over the whole array, padding lanes too. */
    private static void requireZeroPadding(String what, BitSet elements, float[] storage) {
        for (int i = elements.nextClearBit(0); i < storage.length; i = elements.nextClearBit(i + 1)) {
            if (storage[i] != 0) {
                throw new AssertionError(
                        "float " + i + " of the " + what + " is " + storage[i] + ", but belongs to no element");
            }
        }
    }

    /**
     * What was computed.
     *
     * @param values by what they are
     * @param masks what layers drew in each training pass, by their names
     */
    record Computed(Map<String, float[]> values, List<Map<String, double[]>> masks) {}

    /**
     * Runs a model.
     *
     * @param rate of the steps
     */
    static Computed of(DrawnNetwork network, GeneratedModel model, Plan plan, Numbers numbers, float rate) {
        ModelRun run = new ModelRun(network, model, plan, numbers);
        run.predictions(network);
        run.passes();
        run.steps(rate);
        run.inferenceMemory.requireZeros("after the last prediction");
        run.trainingMemory.requireZeros("after the last step");
        return new Computed(run.values, run.masks);
    }

    private static Object read(Object object, String name) {
        return read(object, object.getClass(), name);
    }

    private static Object read(Object object, Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void load() {
        model.model().loadStateDict(numbers.stateDict(declared));
    }

    private Map<String, float[]> predict(Numbers of) {
        inferenceMemory.fill(NaNMemory.part(inference, of.samples()));
        for (Object derived : (Object[]) read(model.model().parameters().weights(), "derived")) {
            fillStale(derived, "results", "version");
        }
        return model.predict(of.inputArrays(declared), of.samples());
    }

    private void predictions(DrawnNetwork network) {
        load();
        Map<String, float[]> first = predict(numbers);
        first.forEach((name, y) -> values.put("predict " + name, y));
        requireSame("a second prediction", first, predict(numbers), 0, numbers.samples());
        boolean ownStatistics = network.flat().stream()
                .anyMatch(layer -> Boolean.FALSE.equals(layer.attributes().get("trackRunningStats")));
        int[] alone = numbers.samples() < 3
                ? new int[] {0, numbers.samples() - 1}
                : new int[] {0, numbers.samples() / 2, numbers.samples() - 1};
        for (int sample : ownStatistics ? new int[0] : alone) {
            requireSame("sample " + sample + " alone", first, predict(numbers.only(sample)), sample, 1);
        }
        if (!declared.losses().isEmpty()) {
            inferenceMemory.fill(NaNMemory.part(inference, numbers.samples()));
            values.put(
                    "evaluate",
                    model.hasLossesApart()
                            ? model.evaluateLosses(
                                    numbers.inputArrays(declared), numbers.targetArrays(declared), numbers.samples())
                            : new float[] {
                                model.evaluate(
                                        numbers.inputArrays(declared),
                                        numbers.targetArrays(declared),
                                        numbers.samples())
                            });
        }
    }

    private void requireSame(String what, Map<String, float[]> all, Map<String, float[]> other, int sample, int count) {
        for (Value output : declared.outputs()) {
            int size = output.shape().elements();
            float[] wanted = Arrays.copyOfRange(all.get(output.name()), sample * size, (sample + count) * size);
            float[] got = other.get(output.name());
            for (int i = 0; i < wanted.length; i++) {
                if (Float.floatToIntBits(wanted[i]) != Float.floatToIntBits(got[i])) {
                    throw new AssertionError("element " + i + " of " + output.name() + " by " + what + " is " + got[i]
                            + ", but was " + wanted[i] + " in the batch");
                }
            }
        }
    }

    /** Forward and backward by hand. */
    private void passes() {
        forward("");
        for (String name : kept) {
            values.put("kept " + name, model.output(name).toArray());
        }
        backward();
        requireZeroPadding(
                "gradients", gradientElements, model.model().parameters().gradients());
        model.model().gradients().forEach((key, tensor) -> values.put("gradient " + key, tensor.toArray()));
        if (inputGradient) {
            model.inputGradients().forEach((name, tensor) -> values.put("input gradient " + name, tensor.toArray()));
        }
        state("state ");
    }

    private void state(String prefix) {
        model.model()
                .stateDict()
                .forEach((key, tensor) -> values.put(
                        prefix + key,
                        tensor.dtype() == DType.I64 ? new float[] {tensor.toLongArray()[0]} : tensor.toArray()));
    }

    private void forward(String prefix) {
        List<Object> inputs = numbers.inputArrays(declared);
        List<Object> targets = numbers.targetArrays(declared);
        int n = numbers.samples();
        trainingMemory.fill(n);
        fillStale(read(model.model(), ModelBase.class, "training"), "prepared", "preparedVersion");
        if (declared.losses().isEmpty()) {
            model.forward(inputs, n).forEach((name, y) -> values.put(prefix + "forward " + name, y));
        } else if (model.hasLossesApart()) {
            values.put(prefix + "loss", model.losses(inputs, targets, n));
        } else {
            values.put(prefix + "loss", new float[] {model.loss(inputs, targets, n)});
        }
        masks.add(ReferenceDraws.ofLastPass(model, numbers.samples()));
    }

    private void backward() {
        trainingMemory.fillBackward();
        if (declared.losses().isEmpty()) {
            model.backward(numbers.upstreamArrays(), numbers.samples());
        } else if (model.hasLossesApart()) {
            model.backward(numbers.upstreamArrays());
        } else {
            model.model().backward();
        }
    }

    /** What was derived from weights that have changed since is spoilt: it must be derived anew. */
    private void fillStale(Object owner, String array, String versionOfOwner) {
        float[] derived = (float[]) read(owner, array);
        if (derived != null
                && (long) read(owner, versionOfOwner)
                        != model.model().parameters().version()) {
            NaNMemory.fillPrepared(derived);
        }
    }

    private void steps(float rate) {
        load();
        model.model().zeroGrad();
        SGD optimizer = SGD.of(rate);
        boolean whole = !declared.losses().isEmpty() && !model.hasLossesApart();
        for (int step = 1; step <= STEPS; step++) {
            String prefix = "step " + step + " ";
            if (whole) {
                trainingMemory.fill(NaNMemory.part(training, numbers.samples()));
                fillStale(read(model.model(), ModelBase.class, "training"), "prepared", "preparedVersion");
                Arrays.fill(model.model().parameters().gradients(), Float.NaN);
                values.put(prefix + "loss", new float[] {
                    model.trainStep(
                            numbers.inputArrays(declared), numbers.targetArrays(declared), numbers.samples(), optimizer)
                });
                requireZeroPadding(
                        "gradients",
                        gradientElements,
                        model.model().parameters().gradients());
                masks.add(ReferenceDraws.ofLastPass(model, numbers.samples()));
            } else {
                forward(prefix);
                backward();
                optimizer.step(model.model());
                model.model().zeroGrad();
            }
            requireZeroPadding("weights", elements, model.model().parameters().values());
            state(prefix);
        }
        predict(numbers).forEach((name, y) -> values.put("predict after steps " + name, y));
    }
}
