package dev.netwright.processor.drawn;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.operators.Numbers;
import dev.netwright.processor.reference.Arithmetic;
import dev.netwright.processor.reference.ReferenceInterpreter.Feed;
import dev.netwright.processor.reference.ReferenceInterpreter.Result;
import dev.netwright.processor.reference.ReferencePass;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the reference computes of all that a {@link ModelRun} computes, under the same names. */
final class Trajectory {
    private final Network declared;
    private final Numbers numbers;
    private final boolean inputGradient;
    private final List<String> kept;
    private final Arithmetic arithmetic;
    private final Map<String, double[]> inputs = new LinkedHashMap<>();
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private final Map<String, Double> magnitudes = new HashMap<>();
    private double largest;

    Trajectory(DrawnNetwork network, Network declared, Numbers numbers, Arithmetic arithmetic) {
        this.declared = declared;
        this.numbers = numbers;
        this.inputGradient = network.inputGradient();
        this.kept = network.kept();
        this.arithmetic = arithmetic;
        for (Value input : declared.inputs()) {
            double[] given = numbers.inputs().get(input.name()).clone();
            inputs.put(input.name(), input.type() == ElementType.FLOAT32 ? arithmetic.round(given) : given);
        }
    }

    private Map<String, double[]> state() {
        Map<String, double[]> state = new LinkedHashMap<>();
        numbers.state().forEach((key, values) -> {
            boolean counter = key.endsWith("num_batches_tracked");
            state.put(key, counter ? values.clone() : arithmetic.round(values.clone()));
        });
        return state;
    }

    /** Runs everything; the masks are those of the passes by hand, then of the steps. */
    Trajectory run(List<Map<String, double[]>> masks, double rate) {
        Map<String, double[]> state = state();
        predictions("predict ", state, true);
        ReferencePass first = pass(state, masks.get(0));
        results("", first, true);
        state.forEach((key, before) -> values.put("state " + key, before.clone()));
        first.result().buffers().forEach((key, after) -> values.put("state " + key, after));
        for (int step = 1; step <= ModelRun.STEPS; step++) {
            String prefix = "step " + step + " ";
            boolean again = step == 1 && masks.get(0).isEmpty();
            ReferencePass pass = again ? first : pass(state, masks.get(step));
            results(prefix, pass, false);
            gradients(pass).forEach((key, gradient) -> {
                double[] weights = state.get(key);
                Arrays.setAll(weights, i -> weights[i] - rate * gradient[i]);
                arithmetic.round(weights);
            });
            state.putAll(pass.result().buffers());
            state.forEach((key, after) -> values.put(prefix + key, after.clone()));
        }
        predictions("predict after steps ", state, false);
        return this;
    }

    private Feed feed(Map<String, double[]> state, Map<String, double[]> masks) {
        return new Feed(numbers.samples(), inputs, numbers.targets(), state, masks);
    }

    private void predictions(String prefix, Map<String, double[]> state, boolean losses) {
        Result result = new ReferencePass(declared, false, feed(state, Map.of()), Arithmetic.like(arithmetic)).result();
        for (Value output : declared.outputs()) {
            values.put(prefix + output.name(), result.values().get(output.name()));
        }
        if (losses && !declared.losses().isEmpty()) {
            values.put("evaluate", losses(result));
        }
    }

    private ReferencePass pass(Map<String, double[]> state, Map<String, double[]> masks) {
        Map<String, double[]> copies = new HashMap<>();
        state.forEach((key, value) -> copies.put(key, value.clone()));
        ReferencePass pass = new ReferencePass(declared, true, feed(copies, masks), arithmetic);
        pass.backward(numbers.upstream());
        return pass;
    }

    private void results(String prefix, ReferencePass pass, boolean gradients) {
        Result result = pass.result();
        boolean byHand = declared.losses().isEmpty();
        for (Value output : byHand ? declared.outputs() : List.<Value>of()) {
            values.put(prefix + "forward " + output.name(), result.values().get(output.name()));
        }
        if (!byHand) {
            values.put(prefix + "loss", losses(result));
        }
        if (gradients) {
            kept.forEach(name -> values.put("kept " + name, result.values().get(name)));
            gradients(pass).forEach((key, gradient) -> values.put("gradient " + key, gradient));
            pass.magnitudes().forEach((key, magnitude) -> magnitudes.put("gradient " + key, magnitude));
            if (inputGradient) {
                pass.inputGradients().forEach((name, gradient) -> values.put("input gradient " + name, gradient));
            }
        }
    }

    /** Of what is not frozen. */
    private Map<String, double[]> gradients(ReferencePass pass) {
        Map<String, double[]> gradients = new LinkedHashMap<>(pass.parameterGradients());
        declared.parameters().stream()
                .filter(parameter -> !parameter.trained())
                .forEach(parameter -> gradients.remove(parameter.key()));
        return gradients;
    }

    private double[] losses(Result result) {
        if (declared.losses().stream().anyMatch(term -> term.loss().isApart())) {
            return IntStream.range(0, declared.losses().size())
                    .boxed()
                    .flatMapToDouble(i -> Arrays.stream(result.losses().get(i))
                            .map(loss -> loss * declared.losses().get(i).scale()))
                    .toArray();
        }
        double sum = 0;
        for (int i = 0; i < declared.losses().size(); i++) {
            sum += declared.losses().get(i).scale() * result.losses().get(i)[0];
        }
        return new double[] {sum};
    }

    Map<String, double[]> values() {
        return values;
    }

    /** How large the terms are, added up, that a value is the sum of; 0 where its own size tells enough. */
    double magnitude(String name) {
        return magnitudes.getOrDefault(name, 0.0);
    }

    long sides() {
        return arithmetic.sides();
    }

    /** A rate whose first step moves no weight by more than some hundredths; a power of two, so that it is exact. */
    float rate() {
        ReferencePass pass = pass(state(), Map.of());
        Result result = pass.result();
        result.values().values().forEach(value -> largest = Math.max(largest, largest(value)));
        result.losses().forEach(loss -> largest = Math.max(largest, largest(loss)));
        double gradient = pass.parameterGradients().values().stream()
                .mapToDouble(Trajectory::largest)
                .max()
                .orElse(0);
        if (!(gradient > 0x1p-100)) {
            return 0x1p-6f;
        }
        return (float) Math.max(0x1p-60, Math.min(1, Math.pow(2, Math.floor(Math.log(0.05 / gradient) / Math.log(2)))));
    }

    /** The largest number of the pass that the rate was found by. */
    double largest() {
        return largest;
    }

    static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            // a number that is not one is larger than all
            largest = Math.abs(value) <= largest ? largest : Math.abs(value);
        }
        return largest;
    }
}
