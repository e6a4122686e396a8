package dev.netwright.processor.emit;

import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is told in front of a step: where a layer's begin, its declaration, and how its kernel was chosen. */
final class StepComments {
    /** Layers that one kernel computes at most, as far as they are looked for. */
    private static final int MOST_FUSED = 16;

    private final Map<String, LayerNode> layers = new HashMap<>();

    /** By what the steps are a part of; some of these steps come before it is decided. */
    private final Map<Node, String> decisions = new IdentityHashMap<>();

    private Step last;

    StepComments(List<LayerNode> layers, Plan.Program program) {
        layers.forEach(layer -> this.layers.put(layer.name(), layer));
        program.steps().stream()
                .filter(step -> !step.decision().isEmpty())
                .forEach(step -> decisions.put(step.node(), step.decision()));
    }

    /** From here on nothing has been told. */
    void begin() {
        last = null;
    }

    /** In front of a step. */
    Code of(Step step) {
        Code.Builder code = Code.builder();
        boolean first = last == null || !last.node().name().equals(step.node().name()) || last.phase() != step.phase();
        if (first) {
            layers(step).forEach(layer -> add(code, declaration(layer, step.phase())));
        }
        String decision = decisions.getOrDefault(step.node(), "");
        if (!decision.isEmpty() && (first || last.node() != step.node())) {
            add(code, "Kernel: " + decision);
        }
        last = step;
        add(code, step.comment());
        return code.build();
    }

    private static String declaration(LayerNode layer, Phase phase) {
        String text = layer.declaration() + " " + layer.name();
        return phase == Phase.FORWARD ? text : text + ", " + phase.name().toLowerCase(Locale.ROOT);
    }

    /** The layers that a step's node computes: its own and, in a forward pass, those that were fused into it. */
    private List<LayerNode> layers(Step step) {
        LayerNode own = layers.get(step.node().name());
        if (own == null) {
            return List.of();
        }
        Set<LayerNode> computed = new LinkedHashSet<>(List.of(own));
        if (step.phase() == Phase.FORWARD) {
            for (Value output : step.node().outputs()) {
                path(own, layers.get(output.name()), computed, MOST_FUSED);
            }
        }
        return List.copyOf(computed);
    }

    /** Adds those between a layer and another that is computed from it, that one too; whether it is. */
    private boolean path(LayerNode from, LayerNode to, Set<LayerNode> computed, int most) {
        if (to == null || most == 0) {
            return false;
        } else if (to.equals(from)) {
            return true;
        }
        boolean reached = false;
        for (Value input : to.inputs()) {
            reached |= path(from, layers.get(input.name()), computed, most - 1);
        }
        if (reached) {
            computed.add(to);
        }
        return reached;
    }

    private static void add(Code.Builder code, String text) {
        SourceText.lines(SourceText.comment(text)).forEach(line -> code.add("// $L\n", line));
    }
}
