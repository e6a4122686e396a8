package dev.netwright.processor.report;

import dev.netwright.processor.emit.MethodLength;
import dev.netwright.processor.graph.Graph.LayerOutput;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What there is to tell of a compiled network: every report is made of this.
 *
 * @param network as declared
 * @param plan what was decided
 * @param vector whether vector kernels were generated
 * @param passes what each pass made; none where nobody kept it
 * @param layers in declared order
 * @param methods of the generated sources, by their files' names; none where none were generated
 */
public record ReportFacts(
        Network network,
        Plan plan,
        boolean vector,
        List<PassRecord.Made> passes,
        List<LayerFacts> layers,
        Map<String, List<MethodLength>> methods) {
    /** Bytes of a float. */
    public static final long FLOAT = Float.BYTES;

    public ReportFacts {
        passes = List.copyOf(passes);
        layers = List.copyOf(layers);
    }

    /**
     * Collects the facts.
     *
     * @param network as declared
     * @param plan what was decided
     * @param vector whether vector kernels were generated
     * @param passes what each pass made
     * @param methods of the generated sources, by their files' names
     */
    public static ReportFacts of(
            Network network,
            Plan plan,
            boolean vector,
            List<PassRecord.Made> passes,
            Map<String, List<MethodLength>> methods) {
        return new ReportFacts(
                network, plan, vector, passes, LayerFacts.of(network, differentiated(plan), passes), methods);
    }

    /** Numbers of the layers by whose outputs gradients are computed. */
    private static Set<Integer> differentiated(Plan plan) {
        return plan.training().stream()
                .flatMap(training -> training.graph().layers().stream())
                .filter(LayerOutput::differentiated)
                .map(LayerOutput::layer)
                .collect(Collectors.toSet());
    }

    /** Names and shapes of what goes in and comes out. */
    public String signature() {
        return shapes(network.inputs()) + " to " + shapes(network.outputs());
    }

    private static String shapes(List<Value> values) {
        return values.stream().map(value -> value.name() + " " + value.shape()).collect(Collectors.joining(", "));
    }

    public long parameters() {
        return layers.stream().mapToLong(LayerFacts::parameters).sum();
    }

    public long flops() {
        return layers.stream().mapToLong(LayerFacts::flops).sum();
    }

    /** Parameters without gradients. */
    public long frozen() {
        return network.parameters().stream()
                .filter(parameter -> parameter.declaration().kind() == Kind.PARAMETER && !parameter.trained())
                .mapToLong(parameter -> parameter.declaration().shape().elements())
                .sum();
    }

    /** Layers that compute in training, too, as in evaluation. */
    public long evaluating() {
        return network.layers().stream().filter(LayerNode::evaluates).count();
    }

    /** Bytes of parameters and buffers as they lie in memory. */
    public long weightBytes() {
        return plan.parameters().entries().stream()
                .mapToLong(entry ->
                        entry.parameter().declaration().kind() == Kind.COUNTER ? Long.BYTES : entry.size() * FLOAT)
                .sum();
    }

    /** Bytes of the gradients of what is trained. */
    public long gradientBytes() {
        return plan.parameters().entries().stream()
                .filter(entry -> entry.isTrained())
                .mapToLong(entry -> entry.size() * FLOAT)
                .sum();
    }

    /** Bytes of a model that predicts one sample on one thread. */
    public long inferenceBytes() {
        return weightBytes() + bytes(plan.inference(), 1);
    }

    /** What predicting one sample takes on one thread of the machine that is measured. */
    public Latency latency() {
        return Latency.of(LatencyTerm.counts(plan.inference(), inferenceBytes()), LatencyTable.measured());
    }

    /** Bytes of a model that is trained on one thread by batches of so many; nothing where it is not trained. */
    public OptionalLong trainingBytes(int batch) {
        return plan.training().stream()
                .mapToLong(training -> weightBytes() + gradientBytes() + bytes(training, batch))
                .findFirst();
    }

    private static long bytes(Plan.Program program, int batch) {
        return FLOAT
                * ((long) program.samples(batch) * program.arena()
                        + program.scratch()
                        + program.prepared()
                        + program.local());
    }

    /** Bytes of the tensors in a file of weights. */
    public long fileBytes() {
        return network.parameters().stream()
                .mapToLong(parameter -> parameter.declaration().shape().elements()
                        * (parameter.declaration().kind() == Kind.COUNTER ? Long.BYTES : FLOAT))
                .sum();
    }
}
