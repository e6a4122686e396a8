package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Step.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the planning of convolutions and products shares: the node with its epilogue, and the views of what it reads
 * and writes.
 */
abstract class AnchorKernels {
    private static final Pattern GRAD = Pattern.compile("Grad\\d*$");

    private static final String OF_WEIGHT = "WeightGradient";

    final StepPlanner planner;
    final Node node;
    final ParameterPlan parameters;
    final Fused fused;

    AnchorKernels(StepPlanner planner, Node node) {
        this.planner = planner;
        this.node = node;
        this.parameters = planner.parameters();
        this.fused = Fused.of(node);
    }

    final void step(String suffix, Kernel kernel, List<BufferView> operands, Work work) {
        List<String> results = node.outputs().stream()
                .filter(planner.buffers()::isWritten)
                .map(AnchorKernels::label)
                .toList();
        List<String> sources = node.inputs().stream().limit(2).map(Value::label).toList();
        String part = part(suffix, kernel);
        String comment = String.join(", ", results) + " from " + String.join(", ", sources)
                + (part.isEmpty() ? "" : ": " + part);
        planner.step(suffix, comment, kernel, operands, work);
    }

    private static String label(Value value) {
        return value.role() == Value.Role.GRADIENT ? "the gradient of " + value.label() : value.label();
    }

    /** Which of the node's steps it is, where there are several. */
    private static String part(String suffix, Kernel kernel) {
        int phase = suffix.indexOf("Phase");
        if (phase >= 0) {
            return "the pixels of phase " + suffix.substring(phase + "Phase".length()) + " between the strides";
        } else if (kernel instanceof WinogradKernel.Blocks) {
            return "tiles to points, products of these with the weight's, points to results";
        } else if (kernel instanceof WinogradKernel.Output) {
            return "points to results";
        } else if (kernel instanceof WinogradKernel.Transform) {
            return suffix.endsWith("Inputs")
                    ? "tiles of what the layer read to points"
                    : suffix.endsWith("Outputs")
                            ? "tiles of the gradient to points"
                            : suffix.endsWith("Gradient") ? "points to the weight's" : "tiles to points";
        }
        return suffix.endsWith("Products") ? "products of points" : "";
    }

    /** The part of its layer that it computes, in layers of several. */
    final String suffix() {
        String part = Planner.suffix(node, node.output());
        return node.phase() == Node.Phase.BACKWARD ? GRAD.matcher(part).replaceFirst("") + Planner.suffix(node) : part;
    }

    /** The same of the gradient of a weight, which may have a key that does not begin with the layer's name. */
    final String weightSuffix() {
        String suffix = suffix();
        return suffix.equals(Planner.suffix(node)) ? OF_WEIGHT : suffix;
    }

    final List<BufferView> furtherViews() {
        List<BufferView> views = new ArrayList<>();
        if (fused.keepsAnchor()) {
            views.add(view(node.outputs().get(0)));
        }
        for (int i = fused.anchorInputs(); i < node.inputs().size(); i++) {
            views.add(view(node.inputs().get(i)));
        }
        return views;
    }

    /**
     * Sums go through the node's epilogue.
     *
     * @param strides of what has a place for each result
     */
    final Store store(BufferView to, Function<BufferView, Strides> strides) {
        List<Strides> further = furtherViews().stream().map(strides).toList();
        return Store.of(strides.apply(to), Epilogue.of(fused, further));
    }

    /** Of what is the same for all samples and places of the result. */
    final Strides still(int block) {
        return new Strides(
                0, block, Collections.nCopies(Math.max(1, result().shape().rank() - 2), 0), 0);
    }

    /** The node's result after its epilogue and pool. */
    final Value result() {
        return node.outputs().get(fused.keepsAnchor() ? 1 : 0);
    }

    final Weights weights(Value gradient) {
        return planner.weightsOf(gradient);
    }

    final Value input(int index) {
        return node.inputs().get(index);
    }

    final Layout layout(Value value) {
        return planner.layouts().of(value);
    }

    final BufferView view(Value value) {
        return planner.buffers().of(value);
    }
}
