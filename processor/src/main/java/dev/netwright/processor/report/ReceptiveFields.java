package dev.netwright.processor.report;

import dev.netwright.processor.graph.AdaptiveWindow;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much of the input an element of each layer's output sees: along each axis, {@code size + (kernel - 1) * dilation *
 * jump}, where jump are the elements of the input from an element to the next (Araujo, Norris and Sim 2019, "Computing
 * Receptive Fields of Convolutional Neural Networks").
 */
final class ReceptiveFields {
    /** Along an axis: how much is seen, and how far neighbours are apart. */
    private record Axis(double size, double jump) {}

    /** Of what sees everything. */
    private static final List<Axis> ALL = List.of();

    private final Map<Value, List<Axis>> fields = new HashMap<>();

    private ReceptiveFields(Graph graph) {
        for (Value input : graph.inputs()) {
            List<Axis> axes = new ArrayList<>();
            for (int i = 1; i < input.shape().rank(); i++) {
                axes.add(new Axis(1, 1));
            }
            fields.put(input, axes);
        }
        for (Node node : graph.nodes()) {
            List<Axis> field = field(node);
            node.outputs().forEach(output -> fields.put(output, field));
        }
    }

    /** By the layers' numbers, of a program of primitives as layers were written in. */
    static Map<Integer, String> of(Graph lowered) {
        ReceptiveFields all = new ReceptiveFields(lowered);
        boolean images =
                lowered.inputs().stream().anyMatch(input -> input.shape().rank() > 1);
        Map<Integer, String> texts = new HashMap<>();
        lowered.layers().forEach(layer -> {
            List<Axis> field = all.fields.get(layer.value());
            if (images && field != null && layer.value().batched()) {
                texts.put(layer.layer(), text(field));
            }
        });
        return texts;
    }

    private static String text(List<Axis> field) {
        return field.equals(ALL)
                ? "all"
                : field.stream()
                        .map(axis -> String.valueOf((long) Math.ceil(axis.size())))
                        .collect(Collectors.joining(" x "));
    }

    private List<Axis> field(Node node) {
        Primitive primitive = node.operator();
        List<Axis> before = union(node);
        if (before.equals(ALL)) {
            return ALL;
        } else if (primitive instanceof Primitive.Convolve convolve) {
            return windows(before, convolve.convolution().windows());
        } else if (primitive instanceof Primitive.ConvolveInputGradient transposed) {
            return spread(before, transposed.convolution().windows());
        } else if (primitive instanceof Primitive.MaxPool pool) {
            return windows(before, pool.windows());
        } else if (primitive instanceof Primitive.AveragePool pool) {
            return windows(before, pool.windows());
        } else if (primitive instanceof Primitive.Resample) {
            return resampled(before, node.inputs().get(0).shape(), node.output().shape());
        } else if (primitive instanceof Primitive.Reduce reduce) {
            return reduce.dimensions().stream().allMatch(d -> d == 0) ? before : ALL;
        } else if (Primitive.isProduct(primitive) || primitive instanceof Primitive.Permute) {
            return ALL;
        }
        // elements of a reshaped value stay what they are; products behind it see all of them
        return before;
    }

    /** The largest of what is read; everything where one sees everything, or has other axes. */
    private List<Axis> union(Node node) {
        List<Axis> union = null;
        for (Value input : node.inputs()) {
            List<Axis> field = fields.get(input);
            if (field == null || !input.batched()) {
                continue;
            } else if (union == null) {
                union = field;
            } else if (union.size() != field.size()) {
                return ALL;
            } else {
                List<Axis> joined = new ArrayList<>();
                for (int i = 0; i < field.size(); i++) {
                    joined.add(new Axis(
                            Math.max(union.get(i).size(), field.get(i).size()),
                            Math.max(union.get(i).jump(), field.get(i).jump())));
                }
                union = joined;
            }
        }
        return union == null ? ALL : union;
    }

    private static List<Axis> windows(List<Axis> before, List<? extends PoolWindow> windows) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < windows.size() && windows.size() == before.size(); i++) {
            Axis axis = before.get(i);
            PoolWindow window = windows.get(i);
            boolean regular = window instanceof Window;
            int dilation = regular ? ((Window) window).dilation() : 1;
            double stride = regular ? ((Window) window).stride() : (double) window.extent() / window.output();
            int kernel = window instanceof AdaptiveWindow ? window.kernel() - 1 : window.kernel();
            axes.add(new Axis(axis.size() + (double) (kernel - 1) * dilation * axis.jump(), axis.jump() * stride));
        }
        return axes;
    }

    private static List<Axis> spread(List<Axis> before, List<Window> windows) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < windows.size() && windows.size() == before.size(); i++) {
            Axis axis = before.get(i);
            Window window = windows.get(i);
            int met = (int) ((window.span() + window.stride() - 1) / window.stride());
            axes.add(new Axis(axis.size() + (met - 1) * axis.jump(), axis.jump() / window.stride()));
        }
        return axes;
    }

    private static List<Axis> resampled(List<Axis> before, Shape from, Shape to) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < before.size() && i + 1 < from.rank(); i++) {
            Axis axis = before.get(i);
            axes.add(new Axis(axis.size() + axis.jump(), axis.jump() * from.size(i + 1) / to.size(i + 1)));
        }
        return axes;
    }
}
