package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.Programs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From programs of primitives to a plan. */
public final class Planner {
    /** Samples that one unit of a product's work takes; divides into the tiles of every kernel. */
    public static final int GROUP = 8;

    private Planner() {}

    /** @param programs the network's graphs */
    public static Plan plan(Programs programs) {
        int free = Stream.concat(Stream.of(programs.inference()), programs.training().stream())
                .mapToInt(Graph::nextValue)
                .max()
                .orElseThrow();
        LayoutPlanner.Planned inference = LayoutPlanner.plan(programs.inference(), Map.of(), free);
        Map<Value, Weights> stored = ParameterPlan.weights(inference.graph(), inference.layouts());
        int next = Math.max(free, inference.graph().nextValue());
        Optional<LayoutPlanner.Planned> training =
                programs.training().map(graph -> LayoutPlanner.plan(graph, stored, next));
        ParameterPlan parameters = new ParameterPlan(
                Stream.concat(Stream.of(inference), training.stream()).toList());
        Plan plan = new Plan(
                parameters,
                new ProgramPlanner(inference, parameters, false).plan(),
                training.map(program -> new ProgramPlanner(program, parameters, true).plan()));
        verify("inference", parameters, plan.inference());
        plan.training().ifPresent(program -> verify("training", parameters, program));
        return plan;
    }

    private static void verify(String name, ParameterPlan parameters, Plan.Program program) {
        PlanVerifier.verify(name, parameters, program);
        ScheduleVerifier.verify(name, program);
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

    /** What tells a step that computes a gradient from the layer's own. */
    static String suffix(Node node) {
        return node.phase() == Node.Phase.BACKWARD ? "Gradient" : "";
    }

    /**
     * What distinguishes a value from its layer's output, as part of a name: {@code .bias.grad} is {@code BiasGrad}.
     */
    static String suffix(Node node, Value value) {
        String rest = value.name().startsWith(node.name())
                ? value.name().substring(node.name().length())
                : "";
        StringBuilder suffix = new StringBuilder();
        for (String part : rest.split("\\.")) {
            if (!part.isEmpty()) {
                suffix.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return suffix.toString();
    }

    /** What a step is a part of that moves a value between the caller and the program's nodes. */
    static Node outside(String name, List<Value> inputs, List<Value> outputs) {
        return new Node(name, new Primitive.Reshape(), inputs, outputs, Node.Phase.FORWARD);
    }

    static boolean isGradient(Value value) {
        return value.role() == Value.Role.GRADIENT;
    }
}
