package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where every parameter and buffer lies in its flat array, and in which order a weight's elements do. */
public final class ParameterPlan {
    /**
     * A parameter's or buffer's storage.
     *
     * @param parameter which
     * @param offset first float in the parameters or buffers; for a counter, its index
     * @param gradientOffset first float in the gradients of what is trained, which others have none of; parameters lie
     *     as without freezing, so that networks which freeze others can share them
     * @param weights the order of a weight; null for what is stored as a plain vector
     */
    public record Entry(Parameter parameter, int offset, int gradientOffset, Weights weights) {
        /** Whether it has a gradient. */
        public boolean isTrained() {
            return parameter.trained() && parameter.declaration().kind() == Kind.PARAMETER;
        }

        public int size() {
            return weights != null
                    ? weights.size()
                    : Layout.roundUp(parameter.declaration().shape().elements());
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Value, Entry> byValue = new HashMap<>();
    private final Map<Kind, Map<Integer, Entry>> byOffset = new EnumMap<>(Kind.class);
    private final Map<Integer, Entry> byGradient = new HashMap<>();
    private final Map<Value, Weights> stored = new HashMap<>();

    /**
     * Either program may read a weight that the other has no use for: that of a dead layer whose statistics are still
     * updated, say.
     *
     * @param programs of one network, so that all have the same parameters
     */
    ParameterPlan(List<LayoutPlanner.Planned> programs) {
        programs.forEach(this::include);
        Map<Kind, Integer> next =
                new EnumMap<>(Map.of(Kind.PARAMETER, Layout.LEAD, Kind.BUFFER, Layout.LEAD, Kind.COUNTER, 0));
        int nextGradient = Layout.LEAD;
        for (Parameter parameter : programs.get(0).graph().parameters()) {
            Kind kind = parameter.declaration().kind();
            int offset = next.get(kind);
            Entry entry = new Entry(parameter, offset, nextGradient, stored.get(parameter.value()));
            entries.add(entry);
            byValue.put(parameter.value(), entry);
            byOffset.computeIfAbsent(kind, any -> new HashMap<>()).put(offset, entry);
            next.put(kind, kind == Kind.COUNTER ? offset + 1 : Math.addExact(offset, entry.size()));
            if (entry.isTrained()) {
                byGradient.put(nextGradient, entry);
                nextGradient += entry.size();
            }
        }
    }

    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** Floats of all parameters that are trained. */
    int size() {
        return entries.stream()
                .filter(entry -> entry.parameter().declaration().kind() == Kind.PARAMETER)
                .mapToInt(Entry::size)
                .sum();
    }

    Entry entry(Value parameter) {
        return byValue.get(parameter);
    }

    /** What begins at a place in the array of its kind, or null. */
    public Entry entry(Kind kind, int offset) {
        return byOffset.getOrDefault(kind, Map.of()).get(offset);
    }

    /** What has its gradient at a place in the array of gradients, or null. */
    public Entry trained(int gradientOffset) {
        return byGradient.get(gradientOffset);
    }

    /** The orders that a program asks for; those of all programs must agree. */
    static Map<Value, Weights> weights(Graph graph, Layouts layouts) {
        Map<Value, Weights> weights = new HashMap<>();
        for (Node node : graph.nodes()) {
            Primitive primitive = Primitive.Fused.anchor(node);
            if (primitive instanceof Primitive.Convolve convolve) {
                Value weight = node.inputs().get(1);
                weights.put(weight, of(convolve.convolution(), weight.shape()));
            } else if (primitive instanceof Primitive.ConvolveInputGradient gradient) {
                // of a transposed convolution nothing else may read it
                Value weight = node.inputs().get(1);
                weights.putIfAbsent(weight, of(gradient.convolution(), weight.shape()));
            } else if (primitive instanceof Primitive.Product) {
                Value weight = node.inputs().get(1);
                weights.putIfAbsent(
                        weight, Weights.ofProduct(layouts.of(node.inputs().get(0)), weight.shape()));
            }
            weights.putAll(ScanKernels.weights(node));
        }
        // backwards, as what was scaled may be scaled again
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.operator() instanceof Primitive.ScaleOutputs) {
                weights.put(node.inputs().get(0), weights.get(node.output()));
            }
        }
        return weights;
    }

    private static Weights of(Convolution convolution, Shape shape) {
        if (convolution.isDepthwise(shape)) {
            return new Weights(
                    shape.size(0),
                    Layout.roundUp(shape.size(0)),
                    Passes.one(Layout.roundUp(shape.size(0))),
                    taps(convolution));
        }
        List<Axis> inputs = new ArrayList<>(taps(convolution));
        inputs.add(new Axis(shape.size(1), convolution.taps()));
        return new Weights(
                shape.size(0), Layout.LANES, Groups.of(convolution, shape).outputPasses(), inputs);
    }

    /** The kernel's places in PyTorch's order. */
    private static List<Axis> taps(Convolution convolution) {
        List<Axis> axes = new ArrayList<>();
        int stride = 1;
        for (int i = convolution.windows().size() - 1; i >= 0; i--) {
            int taps = convolution.windows().get(i).kernel();
            axes.add(0, new Axis(taps, stride));
            stride *= taps;
        }
        return axes;
    }

    /** The order of a weight, or of what was computed from one. */
    Weights weights(Value weight) {
        return stored.get(weight);
    }

    private void include(LayoutPlanner.Planned program) {
        weights(program.graph(), program.layouts()).forEach((value, weights) -> {
            Weights known = stored.putIfAbsent(value, weights);
            if (known != null && value.role() == Value.Role.PARAMETER && !weights.liesAs(known)) {
                throw new IllegalStateException(value + " is stored as " + known + " but read as " + weights);
            }
        });
    }
}
