package dev.netwright.processor.operators;

import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.reference.ReferenceDraws;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a generated model computes from given numbers.
 *
 * @param values in the order of computation: {@code predict y}, {@code evaluate}, {@code forward y} or {@code loss}
 *     or {@code losses}, then {@code gradient
 *     conv.weight}, {@code input gradient x}, {@code state bn.running_mean}
 * @param masks what layers drew in the training pass, by their names; their outputs must be kept
 */
record Outcome(Map<String, float[]> values, Map<String, double[]> masks) {
    static final String PREDICT = "predict ";
    static final String FORWARD = "forward ";
    static final String GRADIENT = "gradient ";
    static final String INPUT_GRADIENT = "input gradient ";
    static final String STATE = "state ";

    /** Loads the state, predicts, evaluates, and goes forward and backward once. */
    static Outcome of(GeneratedModel model, Numbers numbers) {
        Network network = model.network();
        List<Object> inputs = numbers.inputArrays(network);
        List<Object> targets = numbers.targetArrays(network);
        int n = numbers.samples();
        model.model().loadStateDict(numbers.stateDict(network));

        Map<String, float[]> values = new LinkedHashMap<>();
        model.predict(inputs, n).forEach((name, y) -> values.put(PREDICT + name, y));
        Map<String, double[]> masks;
        if (network.losses().isEmpty()) {
            model.forward(inputs, n).forEach((name, y) -> values.put(FORWARD + name, y));
            masks = ReferenceDraws.ofLastPass(model, n);
            model.backward(numbers.upstreamArrays(), n);
        } else if (model.hasLossesApart()) {
            values.put("evaluate", model.evaluateLosses(inputs, targets, n));
            values.put("losses", model.losses(inputs, targets, n));
            masks = ReferenceDraws.ofLastPass(model, n);
            model.backward(numbers.upstreamArrays());
        } else {
            values.put("evaluate", new float[] {model.evaluate(inputs, targets, n)});
            values.put("loss", new float[] {model.loss(inputs, targets, n)});
            masks = ReferenceDraws.ofLastPass(model, n);
            model.model().backward();
        }
        model.model().gradients().forEach((key, tensor) -> values.put(GRADIENT + key, tensor.toArray()));
        Map<String, Tensor> byInputs = network.inputGradient() ? model.inputGradients() : Map.of();
        byInputs.forEach((name, tensor) -> values.put(INPUT_GRADIENT + name, tensor.toArray()));
        model.model().stateDict().forEach((key, tensor) -> values.put(STATE + key, array(tensor)));
        return new Outcome(values, masks);
    }

    private static float[] array(Tensor tensor) {
        return tensor.dtype() == DType.I64 ? new float[] {tensor.toLongArray()[0]} : tensor.toArray();
    }
}
