package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.Programs;
import java.util.List;

/** From programs of primitives to a plan. */
public final class Planner {
    /** Samples that one unit of a product's work takes; divides into the tiles of every kernel. */
    public static final int GROUP = 8;

    private Planner() {}

    /**
     * @param programs the network's graphs
     * @param keptOutputs layers whose outputs the user wants to read
     * @param outputs number of the network's outputs; those beyond are gradients by the inputs
     * @param exact whether every convolution is computed directly
     */
    public static Plan plan(Programs programs, List<String> keptOutputs, int outputs, boolean exact) {
        Layouts inferenceLayouts = new Layouts(programs.inference(), exact);
        Layouts trainingLayouts = new Layouts(programs.training(), exact);
        ParameterPlan parameters =
                new ParameterPlan(programs.inference(), inferenceLayouts, programs.training(), trainingLayouts);
        Plan plan = new Plan(
                parameters,
                new ProgramPlanner(programs.inference(), inferenceLayouts, parameters, false, keptOutputs, outputs)
                        .plan(),
                new ProgramPlanner(programs.training(), trainingLayouts, parameters, true, keptOutputs, outputs)
                        .plan());
        PlanVerifier.verify("inference", programs.inference(), parameters, plan.inference());
        PlanVerifier.verify("training", programs.training(), parameters, plan.training());
        return plan;
    }

    /** Whether a node loads its second input, a gradient, in whole vectors of channels. */
    static boolean isTiledWeightGradient(Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        return primitive instanceof Primitive.ProductWeightGradient
                || primitive instanceof Primitive.ConvolveWeightGradient gradient
                        && gradient.convolution().isVectorised(node.output().shape());
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
