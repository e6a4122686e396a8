package dev.netwright.processor.operators;

import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.RowReader;
import dev.netwright.processor.graph.layer.StepReader;
import dev.netwright.processor.graph.loss.CTCLoss;
import dev.netwright.processor.graph.loss.CrossEntropyLoss;
import dev.netwright.processor.graph.loss.NLLLoss;
import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a network is given: floats, held in double.
 *
 * @param samples how many
 * @param inputs by name
 * @param targets of each loss, class indices as whole numbers
 * @param state parameters and buffers by key
 * @param upstream gradients of the outputs of a network without a loss, or of losses that stay apart
 */
public record Numbers(
        int samples,
        Map<String, double[]> inputs,
        List<double[]> targets,
        Map<String, double[]> state,
        List<double[]> upstream) {
    /** Numbers that fit a network; inputs are within plus and minus the range. */
    public static Numbers draw(Network network, int samples, double range, Dice dice) {
        Map<String, double[]> inputs = new LinkedHashMap<>();
        for (Value input : network.inputs()) {
            int size = samples * input.shape().elements();
            inputs.put(
                    input.name(),
                    switch (input.type()) {
                        case FLOAT32 -> dice.floats(size, -range, range);
                        case UINT8 -> dice.integers(size, 0, 255);
                        case INT32 -> indices(network, input, size, dice);
                    });
        }
        Map<String, double[]> state = new LinkedHashMap<>();
        for (Parameter parameter : network.parameters()) {
            state.put(parameter.key(), state(parameter, dice));
        }
        List<double[]> targets = new ArrayList<>();
        List<double[]> upstream = new ArrayList<>();
        for (LossTerm term : network.losses()) {
            targets.add(target(term.loss(), samples, dice));
            if (term.loss().reduction() == Loss.Reduction.NONE) {
                upstream.add(dice.floats(samples * term.loss().losses().elements(), -1, 1));
            }
        }
        if (network.losses().isEmpty()) {
            for (Value output : network.outputs()) {
                upstream.add(dice.floats(samples * output.shape().elements(), -1, 1));
            }
        }
        return new Numbers(samples, inputs, targets, state, upstream);
    }

    /** Of rows, where some layer reads any by them. */
    private static double[] indices(Network network, Value input, int size, Dice dice) {
        return network.layers().stream()
                .filter(node -> node.inputs().contains(input) && node.layer() instanceof RowReader)
                .mapToInt(node -> ((RowReader) node.layer()).rows())
                .min()
                .stream()
                .mapToObj(rows -> dice.integers(size, 0, rows - 1))
                .findFirst()
                .orElseGet(() -> lengths(network, input, size, dice));
    }

    /** Of what tells how many steps of a sequence count, so many that each target can be said in them. */
    private static double[] lengths(Network network, Value input, int size, Dice dice) {
        for (LossTerm term : network.losses()) {
            if (term.loss() instanceof CTCLoss loss && term.inputs().contains(input)) {
                return dice.integers(size, 2 * loss.maxTarget(), loss.input().size(0));
            }
        }
        IntStream ofLosses = network.losses().stream()
                .filter(term -> term.inputs().contains(input))
                .mapToInt(term -> term.loss().steps())
                .filter(steps -> steps > 0);
        IntStream ofLayers = network.layers().stream().flatMapToInt(node -> steps(node, input));
        OptionalInt steps = IntStream.concat(ofLosses, ofLayers).min();
        return steps.isPresent() ? dice.integers(size, 1, steps.getAsInt()) : dice.integers(size, -300, 300);
    }

    /** How many a layer has at most of what the input tells it the number of. */
    private static IntStream steps(LayerNode node, Value input) {
        return node.layer() instanceof StepReader reader
                ? IntStream.range(0, reader.limits().size())
                        .filter(limit -> reader.lengths(node.inputs(), limit).equals(input))
                        .map(limit -> reader.limits().get(limit).steps())
                : IntStream.empty();
    }

    /** Weights that keep activations about as large as they are. */
    private static double[] state(Parameter parameter, Dice dice) {
        int size = parameter.declaration().shape().elements();
        String name = parameter.declaration().name();
        if (name.equals("num_batches_tracked")) {
            return new double[] {dice.from(0, 5)};
        }
        if (parameter.declaration().kind() != Kind.PARAMETER) {
            return name.equals("running_var") ? dice.floats(size, 0.3, 2) : dice.floats(size, -1, 1);
        }
        boolean vector = parameter.declaration().shape().rank() == 1;
        double range = vector
                ? 1
                : 1.8
                        / Math.sqrt(
                                (double) size / parameter.declaration().shape().size(0));
        return dice.floats(size, -range, range);
    }

    private static double[] target(Loss loss, int samples, Dice dice) {
        int size = samples * loss.target().elements();
        if (!loss.hasTarget()) {
            return new double[0];
        }
        if (loss.name().equals("MultiLabelMarginLoss")) {
            double[] labels = new double[size];
            int classes = loss.target().elements();
            Arrays.setAll(labels, i -> dice.once(4) ? -1 : dice.from(0, classes - 1));
            return labels;
        }
        if (loss instanceof CTCLoss sequence) {
            double[] labels = new double[size];
            int classes = sequence.input().size(1);
            Arrays.setAll(labels, i -> dice.once(4) ? -1 : (sequence.blank() + dice.from(1, classes - 1)) % classes);
            return labels;
        }
        if (loss.name().equals("MultiMarginLoss")) {
            return dice.integers(size, 0, loss.classes() - 1);
        }
        if (loss.indices()) {
            Loss every = loss.everyStep();
            int ignored =
                    every instanceof CrossEntropyLoss cross ? cross.ignoreIndex() : ((NLLLoss) every).ignoreIndex();
            double[] target = new double[size];
            Arrays.setAll(target, i -> dice.once(6) ? ignored : dice.from(0, loss.classes() - 1));
            if (target[0] == ignored
                    && (loss.steps() > 0 || Arrays.stream(target).allMatch(each -> each == ignored))) {
                // the mean over no target is not a number; the first step counts in any case
                target[0] = ignored == 0 ? loss.classes() - 1 : 0;
            }
            return target;
        }
        return switch (loss.name()) {
            case "BCELoss", "BCEWithLogitsLoss", "CrossEntropyLoss", "KLDivLoss", "MultiLabelSoftMarginLoss" ->
                dice.floats(size, 0, 1);
            case "CosineEmbeddingLoss", "HingeEmbeddingLoss", "MarginRankingLoss", "SoftMarginLoss" -> {
                double[] signs = new double[size];
                Arrays.setAll(signs, i -> dice.flip() ? 1 : -1);
                yield signs;
            }
            case "PoissonNLLLoss" -> dice.integers(size, 0, 5);
            default -> dice.floats(size, -1, 1);
        };
    }

    /** The same numbers of one sample alone, without targets. */
    public Numbers only(int sample) {
        Map<String, double[]> one = new LinkedHashMap<>();
        inputs.forEach((name, all) -> {
            int size = all.length / samples;
            one.put(name, Arrays.copyOfRange(all, sample * size, (sample + 1) * size));
        });
        return new Numbers(1, one, List.of(), state, List.of());
    }

    /** Inputs as a model takes them. */
    public List<Object> inputArrays(Network network) {
        List<Object> arrays = new ArrayList<>();
        for (Value input : network.inputs()) {
            double[] values = inputs.get(input.name());
            arrays.add(
                    switch (input.type()) {
                        case FLOAT32 -> floats(values);
                        case UINT8 -> bytes(values);
                        case INT32 -> ints(values);
                    });
        }
        return arrays;
    }

    private static byte[] bytes(double[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) values[i];
        }
        return bytes;
    }

    private static int[] ints(double[] values) {
        return Arrays.stream(values).mapToInt(each -> (int) each).toArray();
    }

    public List<float[]> upstreamArrays() {
        return upstream.stream().map(Numbers::floats).toList();
    }

    /** Targets as a model takes them. */
    public List<Object> targetArrays(Network network) {
        List<Object> arrays = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            double[] target = targets.get(i);
            if (!network.losses().get(i).loss().hasTarget()) {
                continue;
            }
            boolean indices = network.losses().get(i).loss().indices();
            arrays.add(indices ? ints(target) : floats(target));
        }
        return arrays;
    }

    /** The state as a model loads it. */
    public Map<String, Tensor> stateDict(Network network) {
        Map<String, Tensor> dict = new LinkedHashMap<>();
        for (Parameter parameter : network.parameters()) {
            double[] values = state.get(parameter.key());
            int[] shape = parameter.declaration().shape().toArray();
            boolean counter = parameter.declaration().name().equals("num_batches_tracked");
            dict.put(
                    parameter.key(),
                    counter ? Tensor.ofLongs(new long[] {(long) values[0]}, shape) : Tensor.of(floats(values), shape));
        }
        return dict;
    }

    public static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
