package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.Programs;
import java.util.List;
import java.util.Map;

/** From programs of primitives to a plan. */
public final class Planner {
    /** Samples that one unit of a product's work takes; divides into the tiles of every kernel. */
    public static final int GROUP = 8;

    private Planner() {}

    /**
     * @param programs the network's graphs
     * @param keptOutputs layers whose outputs the user wants to read
     * @param outputs names of the network's outputs; the values beyond are gradients by the inputs
     * @param exact whether every convolution is computed directly
     */
    public static Plan plan(Programs programs, List<String> keptOutputs, List<String> outputs, boolean exact) {
        int free =
                Math.max(programs.inference().nextValue(), programs.training().nextValue());
        LayoutPlanner.Planned inference = LayoutPlanner.plan(programs.inference(), exact, Map.of(), free);
        Map<Value, Weights> stored = ParameterPlan.weights(inference.graph(), inference.layouts());
        free = Math.max(free, inference.graph().nextValue());
        LayoutPlanner.Planned training = LayoutPlanner.plan(programs.training(), exact, stored, free);
        ParameterPlan parameters = new ParameterPlan(inference, training);
        Plan plan = new Plan(
                parameters,
                new ProgramPlanner(inference, parameters, false, keptOutputs, outputs).plan(),
                new ProgramPlanner(training, parameters, true, keptOutputs, outputs).plan());
        PlanVerifier.verify("inference", parameters, plan.inference());
        PlanVerifier.verify("training", parameters, plan.training());
        return plan;
    }

    /** Whether a node loads its second input, a gradient, in whole vectors of channels. */
    static boolean isTiledWeightGradient(Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        return primitive instanceof Primitive.ProductWeightGradient
                || primitive instanceof Primitive.ConvolveWeightGradient;
    }

    static boolean readsWholeBatch(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> node.phase() == Node.Phase.FORWARD
                        && node.operator() instanceof Primitive.Reduce reduce
                        && reduce.overBatch());
    }

    static boolean isGradient(Value value) {
        return value.role() == Value.Role.GRADIENT;
    }
}
